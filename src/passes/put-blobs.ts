import type { HandbookOp, SmallBlob } from '../../connectors/handbook/port.ts';
import { sameValue } from '../sync/canonical.ts';
import type { BlobRef, Fields, FieldValue } from '../sync/values.ts';
import type { HandbookResult } from './handbook-result.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps } from './pass-deps.ts';

/** What one call carries at most, bytes and blobs. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_BLOBS = 500;
const MOST_OPS = 500;

/** Bytes follow their record, also where the record already named them: a crash may have come between the two. Then what is left over goes. */
export async function putBlobs(
  deps: PassDeps,
  batch: readonly Guarded[],
  results: ReadonlyMap<string, HandbookResult>,
): Promise<void> {
  const small = smallBlobs(deps);
  const prunes: HandbookOp[] = [];
  for (const entry of batch) {
    if (Object.keys(entry.blobs.fields).length === 0 || entry.blocked !== null) continue;
    const result = results.get(entry.pair.id);
    const version = result?.outcome.kind === 'applied' ? result.outcome.version : entry.handbook.version;
    const exists = result ? result.outcome.kind === 'applied' : entry.handbook.kind === 'record';
    if (!exists) continue;
    const record = result?.outcome.kind === 'applied' ? result.outcome.fields : recordFields(entry);
    for (const { field, blob } of entry.blobs.spooled) {
      // [ME10] A file that the handbook replaced or removed is not put back.
      if (!refsOf(record[field] ?? null).some((ref) => sameValue(ref, blob.ref))) continue;
      const target = { recordId: entry.pair.recordId, field };
      if (blob.bytes === null) await deps.handbook.putBlob(target, blob.ref, blob.open());
      else await small.add({ target, ref: blob.ref, bytes: blob.bytes });
    }
    for (const [field, value] of Object.entries(entry.blobs.fields)) {
      const before = entry.pair.base[field] ?? null;
      // Nothing was there before, or just the same, and no attempt died half-way: nothing can be left over.
      const clean = entry.intents.length === 0 && (before === null || sameValue(before, value));
      if (!clean) prunes.push(prune(deps, entry, version, field, record[field] ?? null));
    }
  }
  await small.send();
  for (let start = 0; start < prunes.length; start += MOST_OPS)
    await deps.handbook.apply(prunes.slice(start, start + MOST_OPS));
}

/** Collects small blobs into few calls. */
function smallBlobs(deps: PassDeps): { add(blob: SmallBlob): Promise<void>; send(): Promise<void> } {
  let waiting: SmallBlob[] = [];
  let bytes = 0;
  const send = async () => {
    if (waiting.length > 0) await deps.handbook.putSmallBlobs(waiting);
    waiting = [];
    bytes = 0;
  };
  return {
    send,
    async add(blob) {
      waiting.push(blob);
      bytes += blob.bytes.byteLength;
      if (bytes >= MOST_BYTES || waiting.length >= MOST_BLOBS) await send();
    },
  };
}

function prune(
  deps: PassDeps,
  entry: Guarded,
  version: number,
  field: string,
  value: FieldValue,
): HandbookOp {
  const keep = refsOf(value).map((ref) => ref.name);
  return {
    opId: deps.newId(),
    recordId: entry.pair.recordId,
    entity: entry.pair.entity,
    expectedVersion: version,
    kind: 'prune-blobs',
    field,
    keep,
  };
}

function recordFields(entry: Guarded): Fields {
  return entry.handbook.kind === 'record' ? entry.handbook.fields : {};
}

function refsOf(value: FieldValue): readonly BlobRef[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one): one is BlobRef => typeof one === 'object' && one !== null);
}
