import type { StoredItem, StoredNote } from '../stored-note.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { mayRead } from '../engine/identity.ts';
import { findInNote } from '../engine/item-lookup.ts';
import { refOf } from '../engine/item-codec.ts';
import type { NoteHead } from '../engine/note-store.ts';
import { instantOf } from '../engine/notes-date-time.ts';
import type { Entry } from './bulk-response.ts';
import type { ReadOptions } from './call-options.ts';
import { badRequest, noteNotFound } from './domino-db-error.ts';
import { encodeInstant, encodeItem, type ItemFormat } from './encode-item.ts';
import type { ProtonCall } from './proton-host.ts';
import type { ProtonQuirks } from './quirks.ts';

/** The document object of a note named by UNID. Throws when it is not there, or hidden and therefore said not to be there. */
export function readByUnid(
  call: ProtonCall,
  database: EmbeddedDatabase,
  unid: string,
  options: ReadOptions,
): Entry {
  const note = visibleNote(call, database, unid);
  return mayRead(note.items, call.identity)
    ? readableEntry(call, note, options)
    : metadata(note, call.context.quirks);
}

/** The document object of a note that a query found: without items when it is hidden. */
export function readFound(
  call: ProtonCall,
  database: EmbeddedDatabase,
  head: NoteHead,
  options: ReadOptions,
): Entry {
  const note = database.readBare(head.unid);
  if (note === null) throw noteNotFound(head.unid);
  return mayRead(note.items, call.identity)
    ? readableEntry(call, note, options)
    : metadata(note, call.context.quirks);
}

/** The bare note, or not-found, also when the identity may not read it and the quirk hides that. */
export function visibleNote(call: ProtonCall, database: EmbeddedDatabase, unid: string): StoredNote {
  const note = database.readBare(unid);
  const hidden = note !== null && !mayRead(note.items, call.identity);
  if (note === null || (hidden && call.context.quirks.unreadableByUnid === 'not-found')) {
    throw noteNotFound(unid);
  }
  return note;
}

/** What every answer says of a note. Never its sequence: the package does not show it. */
export function metadata(
  note: Pick<NoteHead, 'unid' | 'created' | 'sequenceTime' | 'modifiedInFile'>,
  { modifiedIs }: ProtonQuirks,
): Entry {
  return {
    '@unid': note.unid,
    '@created': encodeInstant(note.created),
    '@modified': encodeInstant(modifiedIs === 'inFile' ? note.modifiedInFile : note.sequenceTime),
  };
}

function readableEntry(call: ProtonCall, note: StoredNote, options: ReadOptions): Entry {
  const { quirks } = call.context;
  if (options.canonicalFormat === true && quirks.canonicalFormat === 'rejected') {
    throw badRequest(`${call.method}: unknown option canonicalFormat`);
  }
  const format: ItemFormat = {
    canonical: options.canonicalFormat === true || options.duplicateItems === true,
    oneElementList: quirks.oneElementList,
  };
  const entry: Record<string, unknown> = { ...metadata(note, quirks) };
  // The answer's keys have the casing that was asked for.
  for (const name of options.itemNames ?? []) {
    if (name.startsWith('@')) continue;
    const value =
      options.duplicateItems === true ? encodeAll(note.items, name, format) : encodeFirst(note, name, format);
    if (value !== undefined) entry[name] = value;
  }
  if (options.readAttachmentSummaries === true) entry['@attachments'] = attachmentSummaries(note.items);
  return entry;
}

function encodeFirst(note: StoredNote, name: string, format: ItemFormat): unknown {
  const item = findInNote(note, name);
  return item === undefined ? undefined : encodeItem(item, format);
}

function encodeAll(items: readonly StoredItem[], name: string, format: ItemFormat): unknown {
  const all = items
    .filter((item) => item.name.toLowerCase() === name.toLowerCase())
    .map((item) => encodeItem(item, format))
    .filter((value) => value !== undefined);
  return all.length < 2 ? all[0] : all;
}

function attachmentSummaries(items: readonly StoredItem[]): Entry[] {
  return items.flatMap(({ value }) => {
    if (value.type !== 'file') return [];
    const { file } = value;
    const modified = file.modified === null ? null : instantOf(file.modified);
    return [
      {
        fileName: file.name,
        fileSize: refOf(file)?.size ?? file.bytes.byteLength,
        ...(modified === null ? {} : { modified: encodeInstant(modified) }),
      },
    ];
  });
}
