import type { PassRow } from '../../connectors/postgres/watch-port.ts';
import type { DominoUse, PassDeps, Tally } from './pass-deps.ts';

export interface PassEntry {
  progress(phase: string, done: number, estimated: number | null): void;
  /** `done`, or the code of the failure. An idle round that was never seen running leaves nothing. */
  end(outcome: string, tally: Tally): Promise<void>;
}

/** Often enough for a person who watches. */
const EVERY_MS = 1_000;
const NO_USE: DominoUse = { calls: 0, writes: 0, bytes: 0 };

export function openPassEntry(
  { book, clock, log }: Pick<PassDeps, 'book' | 'clock' | 'log'>,
  pass: Pick<PassRow, 'passId' | 'linkId' | 'kind'>,
): PassEntry {
  if (book === undefined) return { progress: () => undefined, end: () => Promise.resolve() };
  const started = clock.now();
  const before = book.use(pass.linkId);
  let written = started;
  let writing: Promise<void> | null = null;
  let seen: Pick<PassRow, 'phase' | 'done' | 'estimated'> = { phase: null, done: null, estimated: null };

  function row(now: number, outcome: string | null, counts: PassRow['counts']): PassRow {
    const use = book?.use(pass.linkId) ?? NO_USE;
    return {
      ...pass,
      ...seen,
      startedAt: new Date(started).toISOString(),
      seenAt: new Date(now).toISOString(),
      finishedAt: outcome === null ? null : new Date(now).toISOString(),
      outcome,
      counts,
      calls: use.calls - before.calls,
      writes: use.writes - before.writes,
      bytes: use.bytes - before.bytes,
    };
  }

  async function put(next: PassRow): Promise<void> {
    try {
      await book?.put(next);
    } catch (error) {
      log.warn({ link: pass.linkId, err: error }, 'a pass could not be written down');
    }
  }

  return {
    progress(phase, done, estimated) {
      seen = { phase, done, estimated };
      const now = clock.now();
      if (now - written < EVERY_MS || writing !== null) return;
      written = now;
      writing = put(row(now, null, {})).finally(() => {
        writing = null;
      });
    },
    async end(outcome, tally) {
      const counts = Object.fromEntries(Object.entries(tally).filter(([, count]) => count > 0));
      const idle = outcome === 'done' && written === started && Object.keys(counts).length === 0;
      if (idle) return;
      await writing;
      await put(row(clock.now(), outcome, counts));
    },
  };
}
