import { DominoError } from '../../connectors/domino/port.ts';
import { encodeFields } from '../sync/encode-fields.ts';
import type { Items, Unid } from '../sync/note.ts';
import type { Fields } from '../sync/values.ts';
import { HANDBOOK_ID_ITEM } from './gate-reading.ts';
import type { Guarded } from './guard-effects.ts';
import type { NotesResult } from './notes-result.ts';
import type { PassRun } from './pass-deps.ts';

/** One write to Notes and what became of it. Throws {@link DominoError} where the server could not be asked at all. */
export async function writeNote(run: PassRun, entry: Guarded, opId: string): Promise<NotesResult> {
  try {
    await run.fence();
    return await writeOne(run, entry, opId);
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

async function writeOne(run: PassRun, entry: Guarded, opId: string): Promise<NotesResult> {
  const effect = entry.plan.notes;
  const { database } = run.link;
  const options = { signal: run.signal };
  if (effect?.kind === 'create') {
    const { unid } = await database.createNote(newNote(entry, effect.set), options);
    return { kind: 'written', unid, opId, reading: null };
  }
  const unid = entry.pair.unid as Unid;
  const token = entry.notes.kind === 'note' ? entry.notes.token : null;
  const soft = entry.mapping.softDelete;
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

function newNote(entry: Guarded, set: Fields): Items {
  const items: Record<string, Items[string]> = {
    Form: { type: 'text', values: [entry.mapping.form] },
    [HANDBOOK_ID_ITEM]: { type: 'text', values: [entry.pair.recordId] },
  };
  for (const [name, item] of Object.entries(encoded(entry, set))) if (item) items[name] = item;
  return items;
}

/** [QU3] The mapping cannot express this value in Notes; nothing was sent. */
class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
}

function encoded(entry: Guarded, set: Fields): ReturnType<typeof encodeFields> {
  try {
    return encodeFields(entry.mapping, set);
  } catch (error) {
    throw new UnwritableError(error instanceof Error ? error.message : 'cannot be written', { cause: error });
  }
}
