import { agree } from './agree.ts';
import type { AgreeResult } from './agree-result.ts';
import { gatherHandbook } from './gather-handbook.ts';
import { gatherNotes } from './gather-notes.ts';
import { mindInstance } from './mind-instance.ts';
import { noteMappings } from './note-mappings.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { sweep } from './sweep.ts';

export interface LinkPassResult extends AgreeResult {
  /** News that the gathering brought. */
  readonly fresh: number;
  readonly finished: boolean;
}

/** The file may not be worked with: a person is asked. */
const IDLE: LinkPassResult = {
  done: 0,
  more: false,
  waitUntil: null,
  awaiting: null,
  fresh: 0,
  finished: true,
};

/** Notes → handbook: gather what changed in Notes, then bring pending pairs into agreement. */
export async function pullPass(deps: PassDeps, started: PassRun): Promise<LinkPassResult> {
  const run = await beginPass(deps, started);
  if (run === null) return IDLE;
  const gathered = await gatherNotes(deps, run);
  const agreed = await agree(deps, await freshRow(deps, run));
  await stamp(deps, run, { pulledAt: new Date(deps.clock.now()).toISOString() });
  return { ...agreed, fresh: gathered.fresh, finished: gathered.finished && !agreed.more };
}

/** Handbook → Notes: gather what changed in the handbook, then bring pending pairs into agreement. */
export async function pushPass(deps: PassDeps, started: PassRun): Promise<LinkPassResult> {
  const run = await beginPass(deps, started);
  if (run === null) return IDLE;
  const gathered = await gatherHandbook(deps, run);
  const agreed = await agree(deps, await freshRow(deps, run));
  await stamp(deps, run, { pushedAt: new Date(deps.clock.now()).toISOString() });
  return { ...agreed, fresh: gathered.fresh, finished: gathered.finished && !agreed.more };
}

export async function sweepPass(deps: PassDeps, started: PassRun): Promise<LinkPassResult> {
  const run = await beginPass(deps, started);
  if (run === null) return IDLE;
  const swept = await sweep(deps, run);
  const agreed = await agree(deps, await freshRow(deps, run));
  return { ...agreed, fresh: swept.fresh, finished: swept.finished && !agreed.more };
}

/** What comes before anything else: is it still the file that we know, and are they still the mappings? Null: the file must not be worked with. */
async function beginPass(deps: PassDeps, started: PassRun): Promise<PassRun | null> {
  const run = await mindInstance(deps, started);
  return run && noteMappings(deps, run);
}

async function freshRow(deps: PassDeps, run: PassRun): Promise<PassRun> {
  return { ...run, row: (await deps.store.link(run.link.id)) ?? run.row };
}

async function stamp(
  deps: PassDeps,
  run: PassRun,
  patch: { pulledAt?: string; pushedAt?: string },
): Promise<void> {
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) => tx.patchLink(run.link.id, patch));
}
