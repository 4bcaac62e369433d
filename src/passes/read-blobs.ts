import { DominoError } from '../../connectors/domino/port.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { NoteRead } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import type { FieldValue } from '../sync/values.ts';
import { checkField, explainCheck } from '../sync/check-field.ts';
import { asField } from '../sync/merge-attachments.ts';
import { BlobTooLargeError, type SpooledBlob } from './blob-spool.ts';
import { headerItems, ownVerdict } from './gate-reading.ts';
import { mapFew } from './map-few.ts';
import { readBatch } from './read-batch.ts';
import { sameToken } from '../sync/token.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { firstMasked, MASKED } from './file-signature.ts';
import { readFiles } from './read-files.ts';
import { richTextPage } from './rich-text/rich-text-page.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

/** Begin the codes of failures that may pass by themselves: each sweep tries them again. */
export const STREAM_FAILED = 'stream-';
export const READ_FAILED = 'read-';

/** Streams that are open at once on one server. */
const STREAMS = 4;

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
  const news = notes.filter(
    ({ pair, note }) =>
      !(sameToken(pair.syncedNotes, note.token) && pair.seenSettled && pair.status === 'live'),
  );
  if (news.length === 0) return result;
  const streamed: { pair: Pair; note: NoteRead; blobs: NoteBlobs }[] = [];
  try {
    await mapFew(STREAMS, news, async ({ pair, note }) => {
      streamed.push({ pair, note, blobs: await readOne(deps, run, wanted, note) });
    });
    return await stillReleased(run, mapping, streamed);
  } catch (error) {
    for (const { blobs } of streamed) await disposeBlobs(blobs);
    throw error;
  }
}

/** [GA3] What was streamed of notes that are still as they were when it began; `changed` for all others, whose bytes are thrown away. */
async function stillReleased(
  run: PassRun,
  mapping: Mapping,
  streamed: readonly { readonly pair: Pair; readonly note: NoteRead; readonly blobs: NoteBlobs }[],
): Promise<ReadonlyMap<string, NoteBlobs | 'changed'>> {
  const result = new Map<string, NoteBlobs | 'changed'>();
  const after = await readBatch(
    run,
    streamed.map(({ note }) => note),
    headerItems([mapping]),
  );
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
        const files = await readFiles(deps, run, note);
        spooled.push(...files.map((blob) => ({ field: field.field, blob })));
        fields[field.field] = asField(files.map(({ ref }) => ref));
        const [code] = checkField(field, fields[field.field] ?? null);
        const masked = code === undefined ? await firstMasked(field, files) : null;
        if (code !== undefined || masked !== null) {
          await disposeBlobs({ fields, spooled });
          const detail = code === undefined ? MASKED : explainCheck(code, field.check);
          return {
            fields: {},
            spooled: [],
            problem: { code: code ?? 'file-type', detail: `${field.item}: ${detail}` },
          };
        }
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
