import { type AttachmentContent, type CallOptions, DominoError } from '../../port.ts';
import type { Unid } from '../../../../src/sync/note.ts';
import { mayRead } from '../engine/identity.ts';
import { formatInstant, instantOf } from '../engine/notes-date-time.ts';
import { compositeData } from '../rich-text/composite-data.ts';
import type { StoredNote } from '../stored-note.ts';
import { type DirectSession, onDatabase } from './direct-call.ts';

const CHUNK_BYTES = 64 * 1024;

/** Rich text as composite data records, as the other ways in give it: the same digest, whichever way a link takes. */
export async function* richTextOf(
  session: DirectSession,
  unid: Unid,
  itemName: string,
  options: CallOptions | undefined,
): AsyncGenerator<Uint8Array> {
  const note = visibleNote(session, unid, `Rich text "${itemName}" of note ${unid}`, options);
  // A long rich text is several items of one name, one after the other.
  for (const { name, value } of note.items) {
    if (value.type !== 'richtext' || name.toLowerCase() !== itemName.toLowerCase()) continue;
    yield* chunks(value.format === 'dxl' ? compositeData(value.bytes) : value.bytes);
  }
}

export async function* attachmentsOf(
  session: DirectSession,
  unid: Unid,
  options: CallOptions | undefined,
): AsyncGenerator<AttachmentContent> {
  const note = visibleNote(session, unid, `Attachments of note ${unid}`, options);
  for (const { value } of note.items) {
    if (value.type !== 'file') continue;
    const { name, bytes, modified } = value.file;
    const at = (modified === null ? null : instantOf(modified)) ?? note.created;
    yield { name, size: bytes.byteLength, modified: formatInstant(at), content: chunks(bytes) };
  }
}

/** The whole note of one moment: what is saved meanwhile does not mix into a stream. */
function visibleNote(
  session: DirectSession,
  unid: Unid,
  action: string,
  options: CallOptions | undefined,
): StoredNote {
  return onDatabase(session, action, 'reader', options, (database, identity) => {
    const note = database.read(unid);
    if (note === null || !mayRead(note.items, identity)) {
      throw new DominoError('busy', `${action}: the note cannot be read any more`);
    }
    return note;
  });
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += CHUNK_BYTES) {
    yield bytes.subarray(from, from + CHUNK_BYTES);
  }
}
