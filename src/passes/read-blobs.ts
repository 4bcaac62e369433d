import { DominoError } from '../../connectors/domino/port.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { NoteRead } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import type { BlobRef, FieldValue } from '../sync/values.ts';
import { BlobTooLargeError, type SpooledBlob } from './blob-spool.ts';
import { headerItems, ownVerdict } from './gate-reading.ts';
import { sameToken } from '../sync/token.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { richTextPage } from './rich-text/rich-text-page.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

/** Begin the codes of failures that may pass by themselves: each sweep tries them again. */
export const STREAM_FAILED = 'stream-';
export const READ_FAILED = 'read-';

/** Rich text and attachments of one note, waiting inside the zone. `fields` is empty for what was not read: it counts as unchanged. */
export interface NoteBlobs {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly spooled: readonly { readonly field: string; readonly blob: SpooledBlob }[];
  readonly problem?: QuarantineReason;
}

/**
 * Streams what is kept whole of the notes whose content is new. [GA3] When the last byte has come, token and gate items are read once more;
 * any difference throws everything away (`changed`) and the note is looked at again later.
 */
export async function readBlobs(
  deps: PassDeps,
  run: PassRun,
  mapping: Mapping,
  notes: readonly { readonly pair: Pair; readonly note: NoteRead }[],
): Promise<ReadonlyMap<string, NoteBlobs | 'changed'>> {
  const result = new Map<string, NoteBlobs | 'changed'>();
  const { richText, attachments } = run.link.database.capabilities;
  const wanted = mapping.fields.filter(
    (field) => (field.type === 'richText' && richText) || (field.type === 'attachments' && attachments),
  );
  if (wanted.length === 0) return result;
  const streamed: { pair: Pair; note: NoteRead; blobs: NoteBlobs }[] = [];
  for (const { pair, note } of notes) {
    if (sameToken(pair.syncedNotes, note.token) && pair.seenSettled && pair.status === 'live') continue;
    streamed.push({ pair, note, blobs: await readOne(deps, run, wanted, note) });
  }
  if (streamed.length === 0) return result;
  await run.fence();
  const again = await run.link.database.readNotes(
    streamed.map(({ note }) => note.unid),
    headerItems([mapping]),
    { signal: run.signal },
  );
  const after = new Map(again.map((reading) => [reading.unid, reading]));
  for (const { pair, note, blobs } of streamed) {
    const now = after.get(note.unid);
    const unchanged =
      now?.kind === 'note' &&
      sameToken(now.token, note.token) &&
      ownVerdict(mapping, now).sight === 'released';
    if (!unchanged) await disposeBlobs(blobs);
    result.set(pair.id, unchanged ? blobs : 'changed');
  }
  return result;
}

export async function disposeBlobs(blobs: NoteBlobs): Promise<void> {
  for (const { blob } of blobs.spooled) await blob.dispose();
}

async function readOne(
  deps: PassDeps,
  run: PassRun,
  wanted: Mapping['fields'],
  note: NoteRead,
): Promise<NoteBlobs> {
  const fields: Record<string, FieldValue> = {};
  const spooled: { field: string; blob: SpooledBlob }[] = [];
  try {
    for (const field of wanted) {
      await run.fence();
      if (field.type === 'richText') {
        const blob = await deps.spool.take(
          '',
          richTextPage(run.link.database, note.unid, field.item, run.signal),
        );
        fields[field.field] = blob.ref.size === 0 ? null : blob.ref;
        if (blob.ref.size > 0) spooled.push({ field: field.field, blob });
        else await blob.dispose();
      } else {
        const refs: BlobRef[] = [];
        for await (const attachment of run.link.database.readAttachments(note.unid, { signal: run.signal })) {
          const blob = await deps.spool.take(attachment.name, attachment.content);
          refs.push(blob.ref);
          spooled.push({ field: field.field, blob });
        }
        fields[field.field] =
          refs.length === 0 ? null : refs.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      }
    }
    return { fields, spooled };
  } catch (error) {
    await disposeBlobs({ fields, spooled });
    if (error instanceof BlobTooLargeError)
      return {
        fields: {},
        spooled: [],
        problem: { code: 'blob-too-large', detail: 'a rich text or attachment exceeds the size limit' },
      };
    // [QU3] One note whose bytes do not come keeps no other waiting; a server that is away is the link's matter.
    if (error instanceof DominoError && error.code !== 'unreachable' && !run.signal.aborted)
      return {
        fields: {},
        spooled: [],
        problem: {
          code: `${STREAM_FAILED}${error.code}`,
          detail: 'rich text or attachments could not be read',
        },
      };
    throw error;
  }
}
