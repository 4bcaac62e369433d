import { DominoError, uploadMs } from '../../connectors/domino/port.ts';
import { sameValue } from '../sync/canonical.ts';
import { filesOf } from '../sync/merge-attachments.ts';
import type { Unid } from '../sync/note.ts';
import { sameToken } from '../sync/token.ts';
import type { BlobRef, FieldValue } from '../sync/values.ts';
import type { SpooledBlob } from './blob-spool.ts';
import { firstMasked, MASKED } from './file-signature.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { fileNamesIn } from './read-files.ts';
import { UnwritableError } from './unwritable-error.ts';

/** The fields of a write whose values are files, as they are to be. */
export function fileFields(entry: Guarded, set: Readonly<Record<string, FieldValue>>): readonly string[] {
  const { fields } = entry.mapping;
  return fields
    .filter(({ type, field }) => type === 'attachments' && set[field] !== undefined)
    .map(({ field }) => field);
}

/** How much longer than a write without files a write may still land; ms. */
export function filesMs(entry: Guarded): number {
  const effect = entry.plan.notes;
  if (effect?.kind !== 'create' && effect?.kind !== 'update') return 0;
  const files = fileFields(entry, effect.set).flatMap((field) => [
    ...filesOf(effect.set[field] ?? null).values(),
  ]);
  return files.reduce((sum, { size }) => sum + uploadMs(size), 0);
}

/**
 * [ME10] Brings the files of a note to what they are to be: of those that differ each is removed or attached, one save after the other. `before` is what is
 * known to be there; what anybody else attached is left alone. A file is taken whole from the handbook and checked before the one that it replaces is removed.
 * `guarded`: nothing happens unless the note is still as it was seen. Died half-way, the next look finds the files that are there ([IN2]).
 */
export async function writeFiles(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  unid: Unid,
  field: string,
  wanted: FieldValue,
  guarded: boolean,
): Promise<'written' | 'stale' | 'missing'> {
  const { database } = run.link;
  if (database.attachFile === undefined || database.detachFile === undefined)
    throw new UnwritableError('this way in cannot attach files');
  const before =
    entry.notes.kind === 'note' ? (entry.notes.fields[field] ?? entry.pair.base[field] ?? null) : null;
  const [have, want] = [filesOf(before), filesOf(wanted)];
  if (guarded && !(await isAsSeen(run, entry, unid))) return 'stale';
  const inNotes = await fileNamesIn(run, unid);
  if (inNotes === null) return 'missing';
  for (const file of want.values()) {
    if (sameValue(have.get(file.name) ?? null, file)) continue;
    const blob = await taken(deps, entry, field, file);
    try {
      const outcome = await replaceFile(
        run,
        unid,
        blob,
        have.has(file.name) ? inNotes.get(file.name) : undefined,
      );
      if (outcome !== 'written') return outcome;
    } finally {
      await blob.dispose();
    }
  }
  for (const { name } of have.values()) {
    const called = inNotes.get(name);
    if (want.has(name) || called === undefined) continue;
    await run.fence();
    const outcome = await database.detachFile(unid, called, { signal: run.signal });
    if (outcome.kind !== 'written') return outcome.kind;
  }
  return 'written';
}

/** The bytes inside the zone, whole and checked: nothing is written to Notes that could break off or is not what was announced. */
async function taken(deps: PassDeps, entry: Guarded, field: string, file: BlobRef): Promise<SpooledBlob> {
  const stored = await deps.handbook.readBlob({ recordId: entry.pair.recordId, field }, file.name);
  if (stored === null) throw new UnwritableError('the handbook does not hold the bytes of a file');
  const blob = await deps.spool.take(file.name, stored.content);
  const check = entry.mapping.fields.find((one) => one.field === field)?.check ?? {};
  const isOther = blob.ref.sha256 !== file.sha256;
  if (isOther || (await firstMasked({ check }, [blob])) !== null) {
    await blob.dispose();
    throw new UnwritableError(
      isOther ? 'the handbook holds other bytes of a file than the record names' : MASKED,
    );
  }
  return blob;
}

async function replaceFile(
  run: PassRun,
  unid: Unid,
  blob: SpooledBlob,
  replaced: string | undefined,
): Promise<'written' | 'stale' | 'missing'> {
  const { database } = run.link;
  const options = { signal: run.signal };
  if (replaced !== undefined) {
    await run.fence();
    const removed = await database.detachFile?.(unid, replaced, options);
    if (removed?.kind !== 'written') return removed?.kind ?? 'stale';
  }
  await run.fence();
  const { name, size } = blob.ref;
  const outcome = await database
    .attachFile?.(unid, { name, size, open: () => blob.open() }, options)
    .catch((cause: unknown) => {
      if (replaced === undefined || !(cause instanceof DominoError)) throw cause;
      // [IN2] The old file is gone and the new one not there: only the intent tells that nobody removed it.
      throw new DominoError('outcome-unknown', cause.message, { cause });
    });
  if (outcome?.kind !== 'written') return 'missing';
  if (outcome.name === name) return 'written';
  // Somebody attached a file of this name meanwhile, and the server gave ours another: it is taken back, and the note looked at anew.
  await run.fence();
  await database.detachFile?.(unid, outcome.name, options);
  return 'stale';
}

async function isAsSeen(run: PassRun, entry: Guarded, unid: Unid): Promise<boolean> {
  if (entry.notes.kind !== 'note') return true;
  await run.fence();
  const [now] = await run.link.database.readNotes([unid], [], { signal: run.signal });
  return now?.kind === 'note' && sameToken(now.token, entry.notes.token);
}

/** A failure that leaves the rest of what was made with a note for later. */
export function isDominoFailure(error: unknown): boolean {
  return error instanceof DominoError || error instanceof UnwritableError;
}
