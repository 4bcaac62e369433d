import { brakes } from '../sync/brake.ts';
import type { Pair } from '../sync/pair.ts';
import { plan } from '../sync/plan.ts';
import type { NotesState } from '../sync/plan-types.ts';
import { handbookStates } from './handbook-states.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** A member who goes on writing cannot hold up a withdrawal. */
const ATTEMPTS = 4;

/**
 * [GA5] Takes records out of the handbook whose notes lost their release. Runs whatever is paused, braked or behind. The handbook erases first
 * (repeatable), then our own memory of the content goes; a crash in between is finished by the next look.
 */
export async function withdrawPairs(
  deps: PassDeps,
  run: PassRun,
  pairIds: readonly string[],
): Promise<Withdrawn> {
  if (pairIds.length === 0) return { count: 0, parents: [] };
  let count = 0;
  const pairs = await deps.store.pairsById(pairIds);
  for (let start = 0; start < pairs.length; start += run.link.limits.batch) {
    let left: readonly Pair[] = pairs.slice(start, start + run.link.limits.batch);
    for (let attempt = 1; left.length > 0; attempt++) {
      const outcome = await withdrawBatch(deps, run, left, attempt < ATTEMPTS);
      count += outcome.count;
      left = outcome.changed;
    }
  }
  if (count > 0)
    deps.log.warn(
      { link: run.link.id, withdrawn: count },
      'records withdrawn from the handbook: their notes lost their release',
    );
  return {
    count,
    parents: pairs.flatMap((pair) => (pair.key === null ? [] : [{ entity: pair.entity, key: pair.key }])),
  };
}

export interface Withdrawn {
  readonly count: number;
  /** Keys that the withdrawn records had: their children must be looked at again. */
  readonly parents: readonly { readonly entity: string; readonly key: string }[];
}

/** [GA8] Nothing holds a withdrawal back, so a person has to hear of many: an agent may have emptied the release marks. Once a pass. */
async function alarmWhenMany(deps: PassDeps, run: PassRun, more: number): Promise<void> {
  const { link, withdrawals } = run;
  withdrawals.count += more;
  if (withdrawals.alarmed || withdrawals.count <= link.limits.deletes.floor) return;
  const { live } = await deps.store.counts(link.id);
  if (!brakes(link.limits.deletes, live + withdrawals.count, 0, withdrawals.count)) return;
  withdrawals.alarmed = true;
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) =>
    tx.appendJournal(link.id, [
      journalEntry(deps, run, { event: 'alarm', rule: 'GA8', reason: `withdrawn: ${withdrawals.count}` }),
    ]),
  );
  deps.log.error(
    { link: link.id, withdrawn: withdrawals.count, live },
    'alarm: unusually many notes lost their release; their records are withdrawn and come back when the marks do',
  );
}

/** Records that a member changed while theirs was looked at are in `changed`: what they wrote is to be sealed, too. */
async function withdrawBatch(
  deps: PassDeps,
  run: PassRun,
  pairs: readonly Pair[],
  ifUnchanged: boolean,
): Promise<{ readonly count: number; readonly changed: readonly Pair[] }> {
  const intents = await deps.store.intents(pairs.map((pair) => pair.id));
  const handbook = await handbookStates(deps, run.link, pairs);
  const planned = pairs.flatMap((pair) => {
    const mapping = run.link.mappings.find((candidate) => candidate.entity === pair.entity);
    const state = handbook.get(pair.recordId);
    if (!mapping || !state) return [];
    const notes: NotesState = {
      kind: pair.notesSight === 'unmarked' ? 'unmarked' : 'classified',
      reason: pair.reason ?? 'not-released',
    };
    const decided = plan({
      mapping,
      pair,
      notes,
      handbook: state,
      intents: intents.filter((intent) => intent.pairId === pair.id),
      frozen: new Set(),
      key: 'free',
    });
    const deleted = state.kind === 'deleted';
    return decided.status === 'withdrawn' ? [{ pair, plan: decided, version: state.version, deleted }] : [];
  });
  if (planned.length === 0) return { count: 0, changed: [] };
  const outcomes = await deps.handbook.apply(
    planned.map((entry) => ({
      opId: deps.newId(),
      recordId: entry.pair.recordId,
      entity: entry.pair.entity,
      expectedVersion: entry.version,
      kind: 'withdraw' as const,
      held: entry.plan.handbook?.kind === 'withdraw' ? entry.plan.handbook.held : {},
      ifUnchanged,
    })),
  );
  const gone = (index: number) => {
    const outcome = outcomes[index];
    return outcome?.kind === 'stale' && outcome.version > 0;
  };
  const changed = planned.flatMap(({ pair }, index) => (gone(index) ? [pair] : []));
  const done = planned.flatMap((entry, index) =>
    gone(index) ? [] : [{ ...entry, outcome: outcomes[index] }],
  );
  if (done.length === 0) return { count: 0, changed };
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.updatePairs(
      done.map(({ pair, outcome, deleted }) => {
        const version = outcome?.kind === 'applied' ? outcome.version : 0;
        return {
          id: pair.id,
          version: pair.version,
          status: 'withdrawn' as const,
          syncedNotes: null,
          seenHandbook: version,
          syncedHandbook: version,
          handbookSight: deleted ? ('deleted' as const) : ('withdrawn' as const),
          pending: false,
          blocked: null,
        };
      }),
    );
    await tx.eraseContent(done.map((entry) => entry.pair.id));
    await tx.appendJournal(
      run.link.id,
      done.map(({ pair, plan: decided }) =>
        journalEntry(deps, run, {
          event: 'withdraw-record',
          rule: decided.rule,
          pairId: pair.id,
          recordId: pair.recordId,
          unid: pair.unid,
          reason: pair.reason,
        }),
      ),
    );
  });
  run.tally.withheld += done.length;
  await alarmWhenMany(deps, run, done.length);
  return { count: done.length, changed };
}
