import { describe, expect, it } from 'vitest';
import { OperationError } from '../operations/operation.ts';
import { runBridgeHere } from './testing/run-bridge-here.ts';

/** Answers what it is given in turn; after the last, Ctrl-C. */
function rounds(answers: readonly (object | Error)[]) {
  const interrupted = new AbortController();
  let at = 0;
  return {
    surroundings: { signal: interrupted.signal },
    answer: () => {
      const now = answers[at];
      at += 1;
      if (at >= answers.length) queueMicrotask(() => interrupted.abort());
      return now instanceof Error ? Promise.reject(now) : Promise.resolve(now);
    },
  };
}

const up = { links: [] };

describe('status --watch', () => {
  it('prints a line of JSON for each look; Ctrl-C is its ordinary end', async () => {
    const { answer, surroundings } = rounds([up, up]);
    const run = await runBridgeHere(['status', '--watch', '1', '--json'], answer, surroundings);
    expect(run).toMatchObject({ exit: 0, out: '{"links":[]}\n{"links":[]}\n', errors: '' });
    expect(run.closed).toBe(1);
  });

  it('draws over the table on a terminal', async () => {
    const { answer, surroundings } = rounds([up]);
    const run = await runBridgeHere(['status', '--watch'], answer, {
      ...surroundings,
      isOutputTerminal: true,
    });
    expect(run.out.startsWith('\u001b[H\u001b[J')).toBe(true);
    expect(run.out).toContain('Every 2 s; Ctrl-C ends it.');
  });

  it('goes on asking a bridge that does not answer, by a new way', async () => {
    const { answer, surroundings } = rounds([new OperationError('unavailable', 'It is stopping.'), up]);
    const run = await runBridgeHere(['status', '--watch', '1', '--json'], answer, surroundings);
    expect(run).toMatchObject({
      exit: 0,
      out: '{"links":[]}\n',
      errors: 'It is stopping. Asked again in 1 s.\n',
    });
    expect(run.closed).toBe(2);
  });

  it('ends where asking again cannot help', async () => {
    const { answer, surroundings } = rounds([new OperationError('refused', 'Not with this role.'), up, up]);
    const run = await runBridgeHere(['status', '--watch', '1'], answer, surroundings);
    expect(run).toMatchObject({ exit: 5, out: '' });
    expect((await runBridgeHere(['status', '--watch', '0'])).exit).toBe(2);
  });
});
