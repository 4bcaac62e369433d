import { DominoError } from '../../connectors/domino/port.ts';
import { encodeFields } from '../sync/encode-fields.ts';
import type { Items, NoteReading, Unid } from '../sync/note.ts';
import type { Intent } from '../sync/pair.ts';
import type { Fields } from '../sync/values.ts';
import { contentItems, HANDBOOK_ID_ITEM, headerItems } from './gate-reading.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

/** What became of one write to Notes. */
export type NotesResult =
  /** `reading` is what the note looked like afterwards: an observation, not a base. */
  | {
      readonly kind: 'written';
      readonly unid: Unid;
      readonly opId: string;
      readonly reading: NoteReading | null;
    }
  /** Somebody was faster: observed anew and planned again. */
  | { readonly kind: 'stale'; readonly opId: string }
  /** Nobody knows; the intent stays and is looked at after its deadline. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'rejected'; readonly opId: string; readonly reason: QuarantineReason }
  /** Not tried: the server went away meanwhile. */
  | { readonly kind: 'untried'; readonly opId: string };

/**
 * [IN1] Writes a batch's changes to Notes, one note at a time, each under an intent that is durable before the first of them is sent. [AP2] Only
 * mapped items that changed are sent. Read back afterwards in one call.
 */
export async function applyToNotes(
  deps: PassDeps,
  run: PassRun,
  batch: readonly Guarded[],
): Promise<ReadonlyMap<string, NotesResult>> {
  const results = new Map<string, NotesResult>();
  const writes = batch
    .filter((entry) => entry.plan.notes !== null)
    .map((entry) => ({ entry, opId: deps.newId() }));
  if (writes.length === 0) return results;
  let fence = await run.fence();
  await deps.store.transaction(fence, (tx) =>
    tx.putIntents(writes.map(({ entry, opId }) => intentOf(deps, run, entry, opId, fence.fence))),
  );
  let failure: DominoError | null = null;
  for (const { entry, opId } of writes) {
    if (failure || run.signal.aborted) {
      results.set(entry.pair.id, { kind: 'untried', opId });
      continue;
    }
    try {
      fence = await run.fence();
      results.set(entry.pair.id, await writeOne(run, entry, opId));
    } catch (error) {
      if (error instanceof UnwritableError) {
        results.set(entry.pair.id, {
          kind: 'rejected',
          opId,
          reason: { code: 'not-writable', detail: error.message },
        });
        continue;
      }
      if (!(error instanceof DominoError)) throw error;
      if (error.code === 'outcome-unknown') results.set(entry.pair.id, { kind: 'unknown' });
      else if (error.code === 'rejected')
        results.set(entry.pair.id, {
          kind: 'rejected',
          opId,
          reason: { code: 'rejected-by-server', detail: error.message },
        });
      else {
        results.set(entry.pair.id, { kind: 'untried', opId });
        failure = error;
      }
    }
  }
  await readBack(run, batch, results);
  // What was written before the server went away is recorded by the caller first; the failure is told by the next call.
  if (failure)
    deps.log.warn(
      { link: run.link.id, code: failure.code },
      'writing to Notes stopped: the server does not answer',
    );
  return results;
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

function intentOf(deps: PassDeps, run: PassRun, entry: Guarded, opId: string, fence: number): Intent {
  const settlesAt = new Date(deps.clock.now() + run.link.limits.writeDeadlineMs).toISOString();
  return {
    opId,
    pairId: entry.pair.id,
    side: 'notes',
    kind: entry.plan.notes?.kind ?? 'update',
    fields: entry.plan.baseAfterNotes,
    fence,
    settlesAt,
  };
}

async function readBack(
  run: PassRun,
  batch: readonly Guarded[],
  results: Map<string, NotesResult>,
): Promise<void> {
  const written = batch.flatMap((entry) => {
    const result = results.get(entry.pair.id);
    return result?.kind === 'written' ? [{ entry, result }] : [];
  });
  for (const mapping of new Set(written.map(({ entry }) => entry.mapping))) {
    const own = written.filter(({ entry }) => entry.mapping === mapping);
    // A note that we created is unreleased: its header only.
    for (const created of [true, false]) {
      const part = own.filter(({ entry }) => (entry.plan.notes?.kind === 'create') === created);
      const items = created ? headerItems([mapping]) : contentItems(mapping);
      for (let start = 0; start < part.length; start += run.link.database.capabilities.cap) {
        const slice = part.slice(start, start + run.link.database.capabilities.cap);
        const readings = await tryRead(
          run,
          slice.map(({ result }) => result.unid),
          items,
        );
        for (const { entry, result } of slice)
          results.set(entry.pair.id, { ...result, reading: readings.get(result.unid) ?? null });
      }
    }
  }
}

/** A read-back that fails costs another look, nothing else. */
async function tryRead(
  run: PassRun,
  unids: readonly Unid[],
  items: readonly string[],
): Promise<ReadonlyMap<Unid, NoteReading>> {
  try {
    await run.fence();
    return new Map(
      (await run.link.database.readNotes(unids, items, { signal: run.signal })).map((reading) => [
        reading.unid,
        reading,
      ]),
    );
  } catch (error) {
    if (error instanceof DominoError) return new Map();
    throw error;
  }
}
