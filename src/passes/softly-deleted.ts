import type { Pair } from '../sync/pair.ts';
import { headerItems } from './gate-reading.ts';
import { observeNotes } from './observe-notes.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { readBatch } from './read-batch.ts';
import type { ServerClock } from './server-clock.ts';

/**
 * [RS4] A softly deleted note whose edit a conflict keeps can still lose its release; no slice shows that of a note whose form is mapped no longer, so the
 * sweep looks at these, too. Only sites where a deletion wins over an edit keep any.
 */
export async function lookAtSoftlyDeleted(deps: PassDeps, run: PassRun, clock: ServerClock): Promise<void> {
  const { link } = run;
  const forms = new Set(
    link.mappings
      .filter((one) => one.handbookDelete === 'soft' && one.editAgainstDelete === 'notes-compatible')
      .map((one) => one.form),
  );
  if (forms.size === 0) return;
  const { cap } = link.database.capabilities;
  for (let after: string | null = null; ; ) {
    run.signal.throwIfAborted();
    const page: readonly Pair[] = await deps.store.pairsAfter(link.id, after, cap, ['tombstone']);
    const kept = page.filter(
      (pair) =>
        pair.unid !== null &&
        pair.reason === 'handbook' &&
        pair.notesSight !== 'classified' &&
        forms.has(pair.form),
    );
    if (kept.length > 0) {
      const readings = await readBatch(run, kept, headerItems(link.mappings));
      await observeNotes(deps, run, [...readings.values()], () => clock);
    }
    if (page.length < cap) return;
    after = page.at(-1)?.id ?? null;
  }
}
