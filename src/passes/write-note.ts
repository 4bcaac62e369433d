import { DominoError } from '../../connectors/domino/port.ts';
import { encodeFields } from '../sync/encode-fields.ts';
import type { Items, Unid } from '../sync/note.ts';
import type { Fields } from '../sync/values.ts';
import { HANDBOOK_ID_ITEM } from './gate-reading.ts';
import type { Guarded } from './guard-effects.ts';
import type { NotesResult } from './notes-result.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { UnwritableError } from './unwritable-error.ts';
import { fileFields, isDominoFailure, writeFiles } from './write-files.ts';

/** One write to Notes and what became of it. Throws {@link DominoError} where the server could not be asked at all. */
export async function writeNote(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  opId: string,
): Promise<NotesResult> {
  try {
    // [LE2] Nothing is sent under a lease that ends before the call does.
    await run.fence();
    return await writeOne(deps, run, entry, opId);
  } catch (error) {
    if (error instanceof UnwritableError)
      return { kind: 'rejected', opId, reason: { code: 'not-writable', detail: error.message } };
    if (!(error instanceof DominoError)) throw error;
    if (error.code === 'outcome-unknown') return { kind: 'unknown' };
    if (error.code === 'rejected')
      return { kind: 'rejected', opId, reason: { code: 'rejected-by-server', detail: error.message } };
    throw error;
  }
}

async function writeOne(deps: PassDeps, run: PassRun, entry: Guarded, opId: string): Promise<NotesResult> {
  const effect = entry.plan.notes;
  const { database } = run.link;
  const options = { signal: run.signal };
  if (effect?.kind === 'create') {
    const { unid } = await database.createNote(newNote(entry, effect.set), options);
    await sendFirstFiles(deps, run, entry, unid, effect.set);
    return { kind: 'written', unid, opId, reading: null };
  }
  const unid = entry.pair.unid as Unid;
  const token = entry.notes.kind === 'note' ? entry.notes.token : null;
  const soft = entry.mapping.softDelete;
  if (effect?.kind === 'update' && fileFields(entry, effect.set).length > 0)
    return updateWithFiles(deps, run, entry, unid, effect.set, opId);
  const outcome =
    effect?.kind === 'delete' && effect.how === 'hard'
      ? await database.deleteNote(unid, token, options)
      : effect?.kind === 'delete' && soft
        ? await database.replaceItems(
            unid,
            {
              [soft.item]: {
                type: typeof soft.value === 'number' ? 'number' : 'text',
                values: [typeof soft.value === 'number' ? soft.value : String(soft.value)],
              },
            },
            token,
            options,
          )
        : await database.replaceItems(
            unid,
            encoded(entry, effect?.kind === 'update' ? effect.set : {}),
            token,
            options,
          );
  return outcome.kind === 'written'
    ? { kind: 'written', unid, opId, reading: null }
    : { kind: 'stale', opId };
}

/** The items first, under the token that was seen; the files have saves of their own, which no token guards. */
async function updateWithFiles(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  unid: Unid,
  set: Fields,
  opId: string,
): Promise<NotesResult> {
  const items = encoded(entry, set);
  const token = entry.notes.kind === 'note' ? entry.notes.token : null;
  const writesItems = Object.keys(items).length > 0;
  if (writesItems) {
    const outcome = await run.link.database.replaceItems(unid, items, token, { signal: run.signal });
    if (outcome.kind !== 'written') return { kind: 'stale', opId };
  }
  for (const field of fileFields(entry, set)) {
    const outcome = await writeFiles(deps, run, entry, unid, field, set[field] ?? null, !writesItems);
    if (outcome !== 'written') return { kind: 'stale', opId };
  }
  return { kind: 'written', unid, opId, reading: null };
}

/** [GA6] The files that a new note is made with. What does not get there now follows once the note is released, as any edit does. */
async function sendFirstFiles(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  unid: Unid,
  set: Fields,
): Promise<void> {
  try {
    for (const field of fileFields(entry, set))
      await writeFiles(deps, run, entry, unid, field, set[field] ?? null, false);
  } catch (error) {
    if (!isDominoFailure(error)) throw error;
    deps.log.warn(
      { link: run.link.id, unid, code: error instanceof DominoError ? error.code : 'not-writable' },
      'a new note lacks its files until it is released',
    );
  }
}

function newNote(entry: Guarded, set: Fields): Items {
  const items: Record<string, Items[string]> = {
    Form: { type: 'text', values: [entry.mapping.form] },
    [HANDBOOK_ID_ITEM]: { type: 'text', values: [entry.pair.recordId] },
  };
  for (const [name, item] of Object.entries(encoded(entry, set))) if (item) items[name] = item;
  return items;
}

function encoded(entry: Guarded, set: Fields): ReturnType<typeof encodeFields> {
  try {
    return encodeFields(entry.mapping, set);
  } catch (error) {
    throw new UnwritableError(error instanceof Error ? error.message : 'cannot be written', { cause: error });
  }
}
