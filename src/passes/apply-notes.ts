import { DominoError } from '../../connectors/domino/port.ts';
import type { Intent } from '../sync/pair.ts';
import type { Guarded } from './guard-effects.ts';
import { mapFew } from './map-few.ts';
import type { NotesResult } from './notes-result.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { readBack } from './read-back.ts';
import { filesMs } from './write-files.ts';
import { writeNote } from './write-note.ts';

/** Writes under way at once on one server, each to a note of its own. */
const WRITES = 4;
/** Intents that are made durable together. */
const ROUND = 100;

interface Write {
  readonly entry: Guarded;
  readonly opId: string;
}

/**
 * [IN1] Writes a batch's changes to Notes, each under an intent that is durable before it is sent. [AP2] Only mapped items that changed are sent. Read back
 * afterwards. When the server goes away, what was not sent is `untried`; the failure is told by the next call.
 */
export async function applyToNotes(
  deps: PassDeps,
  run: PassRun,
  batch: readonly Guarded[],
): Promise<ReadonlyMap<string, NotesResult>> {
  const results = new Map<string, NotesResult>();
  let rest: readonly Write[] = batch
    .filter((entry) => entry.plan.notes !== null)
    .map((entry) => ({ entry, opId: deps.newId() }));
  let goes = true;
  while (rest.length > 0 && goes && !run.signal.aborted) {
    const round = rest.slice(0, ROUND);
    goes = await writeRound(deps, run, round, results);
    rest = rest.filter(({ entry }) => !results.has(entry.pair.id));
  }
  for (const { entry, opId } of rest) results.set(entry.pair.id, { kind: 'untried', opId });
  await readBack(run, batch, results);
  return results;
}

/** Results of the writes that were sent in time; false when it makes no sense to go on. */
async function writeRound(
  deps: PassDeps,
  run: PassRun,
  round: readonly Write[],
  results: Map<string, NotesResult>,
): Promise<boolean> {
  const { writeDeadlineMs } = run.link.limits;
  const fence = await run.fence();
  const begun = deps.clock.now();
  // A write that is sent within one deadline from now has landed, or never will, within two.
  const settled = begun + 2 * writeDeadlineMs;
  await deps.store.transaction(fence, (tx) =>
    tx.putIntents(
      round.map((write) => {
        const settlesAt = new Date(settled + filesMs(write.entry)).toISOString();
        return intentOf(write, fence.fence, settlesAt);
      }),
    ),
  );
  const before = results.size;
  let failure: DominoError | null = null;
  let sent = 0;
  await mapFew(WRITES, round, async ({ entry, opId }) => {
    // The first go out whatever the time: otherwise a slow store would let nothing through.
    const late = sent >= WRITES && deps.clock.now() - begun > writeDeadlineMs;
    if (failure || run.signal.aborted || late) return;
    sent += 1;
    try {
      results.set(entry.pair.id, await writeNote(deps, run, entry, opId));
    } catch (error) {
      if (!(error instanceof DominoError)) throw error;
      results.set(entry.pair.id, { kind: 'untried', opId });
      failure ??= error;
    }
  });
  if (failure)
    deps.log.warn(
      { link: run.link.id, code: (failure as DominoError).code },
      'writing to Notes stopped: the server does not answer',
    );
  return failure === null && results.size > before;
}

function intentOf({ entry, opId }: Write, fence: number, settlesAt: string): Intent {
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
