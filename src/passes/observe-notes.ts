import type { NoteReading, Unid } from '../sync/note.ts';
import { observeHeaders } from './observe-headers.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { reexamineChildren } from './reexamine-children.ts';
import type { ClockOf } from './server-clock.ts';

/** What a look at headers did: how many notes were news. */
export interface ObserveResult {
  readonly fresh: number;
  readonly withdrawn: number;
}

/**
 * Writes what was seen of these notes' metadata: new pairs, tokens, sights. Notes that lost their release are withdrawn at once, before
 * anything else is done with the slice they came in, and what hangs on a withdrawn parent goes with it.
 */
export async function observeNotes(
  deps: PassDeps,
  run: PassRun,
  readings: readonly NoteReading[],
  clockOf: ClockOf,
  stubs: ReadonlySet<Unid> = new Set(),
): Promise<ObserveResult> {
  const { fresh, withdrawn } = await observeHeaders(deps, run, readings, clockOf, stubs);
  await reexamineChildren(deps, run, withdrawn.parents);
  return { fresh, withdrawn: withdrawn.count };
}
