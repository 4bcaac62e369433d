import { z } from 'zod';
import type { Link, Tally } from '../passes/pass-deps.ts';
import { newTally } from '../passes/pass-deps.ts';
import { pullPass, pushPass, sweepPass, type LinkPassResult } from '../passes/link-passes.ts';
import { acceptPreview } from './accept-preview.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks } from './choose-links.ts';
import { OperationError, type Operation, type OperationContext } from './operation.ts';
import { patientPass } from './patient-pass.ts';

const args = z.strictObject({ link: z.string().optional(), acceptPreview: z.string().optional() });

/**
 * `pulled`, `pushed`, `merged`, `conflicts`, `deleted` count what this run did; `withheld` (withdrawn ones included), `quarantined`, `detached`, `missing` and
 * `pendingDeletes` say how many documents are in that state when it ends. `quiet`: nothing is left that could be done now.
 */
export interface SyncOnceResult {
  readonly quiet: boolean;
  readonly links: readonly (Tally & {
    readonly link: string;
    readonly pendingDeletes: number;
    /** Why the link waits for a person; null = it does not. */
    readonly suspect: string | null;
  })[];
}

/** A link that finds news in this many rounds is being edited faster than it can be read; it is not quiet then. */
const ROUNDS = 40;

/** Every pass of every link until nothing is runnable. */
export function syncOnce(bridge: Bridge): Operation<z.infer<typeof args>, SyncOnceResult> {
  return {
    name: 'sync-once',
    summary: 'Runs every pass of the links until nothing is left to do',
    role: 'operator',
    args,
    async run(given, context) {
      if (given.acceptPreview !== undefined) await acceptPreview(bridge, given.acceptPreview, context);
      const links: SyncOnceResult['links'][number][] = [];
      const awaiting: { link: string; preview: string }[] = [];
      let quiet = true;
      for (const link of chooseLinks(bridge, given.link)) {
        const outcome = await syncLink(bridge, link, context);
        quiet &&= outcome.quiet;
        if (outcome.awaiting) awaiting.push({ link: link.id, preview: outcome.awaiting });
        links.push({ ...outcome.tally, ...(await stateOf(bridge, link)) });
      }
      const suspects = links.filter((link) => link.suspect !== null);
      if (suspects[0] && awaiting.length === 0)
        throw new OperationError(
          'needs-approval',
          `Link ${suspects[0].link} is suspect (${suspects[0].suspect}): a side seems to have been restored or replaced, and nothing but withdrawals happens. Look with "bridge instance list", then "bridge instance release"`,
          { awaiting: [], suspect: suspects.map(({ link, suspect }) => ({ link, suspect })), links },
        );
      const [first] = awaiting;
      if (first) {
        throw new OperationError(
          'needs-approval',
          `The first run of link ${first.link}, or the first with changed mappings, would change what is there already. Read it with "bridge preview --show ${first.preview}", then accept it with "bridge sync --once --accept-preview ${first.preview}"`,
          { awaiting, links },
        );
      }
      return { quiet, links };
    },
  };
}

async function stateOf(bridge: Bridge, link: Link) {
  const counts = await bridge.deps.store.counts(link.id);
  const row = await bridge.deps.store.link(link.id);
  return {
    suspect: row?.suspect ?? null,
    link: link.id,
    withheld: counts.withheld + counts.withdrawn,
    quarantined: counts.quarantined,
    detached: counts.detached,
    missing: counts.missing,
    pendingDeletes: counts.pendingDeletes,
  };
}

async function syncLink(
  bridge: Bridge,
  link: Link,
  context: OperationContext,
): Promise<{ readonly quiet: boolean; readonly tally: Tally; readonly awaiting: string | null }> {
  const { deps } = bridge;
  const total = newTally();
  let swept = false;
  for (let round = 0; round < ROUNDS; round++) {
    const { value: results, tally } = await patientPass(deps, link, context, 'sync', async (run) => {
      const done: LinkPassResult[] = [];
      for (const pass of swept ? [pullPass, pushPass] : [pullPass, pushPass, sweepPass]) {
        const row = (await deps.store.link(link.id)) ?? run.row;
        const result = await pass(deps, { ...run, row, attempted: new Map() });
        done.push(result);
        if (result.awaiting !== null) break;
      }
      return done;
    });
    for (const name of Object.keys(total) as (keyof Tally)[]) total[name] += tally[name];
    const awaiting = results.find((result) => result.awaiting !== null)?.awaiting ?? null;
    if (awaiting !== null) return { quiet: false, tally: total, awaiting };
    const row = await deps.store.link(link.id);
    swept = row?.sweepDue !== true && row?.sweepAfter === null;
    const { runnable } = await deps.store.counts(link.id);
    const unfinished = results.some((result) => !result.finished);
    if (runnable === 0 && !unfinished && swept) return { quiet: true, tally: total, awaiting: null };
    const waits = results.flatMap((result) => (result.waitUntil === null ? [] : [result.waitUntil]));
    if (waits.length > 0)
      await deps.clock.sleep(Math.max(0, Math.min(...waits) - deps.clock.now()) + 1, context.signal);
  }
  return { quiet: false, tally: total, awaiting: null };
}
