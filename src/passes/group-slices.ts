import type { SliceRead } from './read-slices.ts';

/** Slices of about so many notes are recorded together: what the store does is the same for one as for several. */
const NOTES_TOGETHER = 800;

/** The same slices in the same order, several at a time; those that came before a failure come before it. */
export async function* groupSlices(slices: AsyncIterable<SliceRead>): AsyncGenerator<readonly SliceRead[]> {
  let group: SliceRead[] = [];
  let notes = 0;
  const source = slices[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await source.next().catch((error: unknown) => ({ error }));
      const over = 'error' in step || step.done === true;
      if (!over) {
        group.push(step.value);
        notes += step.value.notes.length;
      }
      if (group.length > 0 && (over || notes >= NOTES_TOGETHER)) {
        yield group;
        group = [];
        notes = 0;
      }
      if ('error' in step) throw step.error;
      if (over) return;
    }
  } finally {
    await source.return?.();
  }
}
