import { describe, expect, it } from 'vitest';
import { classify } from '../proton/errors.ts';
import { SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { type Call, createServerGuard, portErrorOf } from './server-guard.ts';

const QUICK: Partial<ServerLimits> = {
  firstRetryDelayMs: 1,
  lastRetryDelayMs: 2,
  breakAfter: 3,
  firstPauseMs: 60_000,
};

const guard = (limits: Partial<ServerLimits> = {}) => {
  const send = createServerGuard(
    'domino:3002',
    { ...SERVER_LIMITS, ...QUICK, ...limits },
    {
      now: () => Date.parse('2026-01-01T00:00:00Z'),
    },
    classify,
  );
  return async <T>(deed: 'read' | 'write', work: () => Promise<T>, call: Partial<Call> = {}): Promise<T> => {
    try {
      return await send(
        deed,
        'A call',
        { signal: undefined, deadline: performance.now() + 30_000, ...call },
        work,
      );
    } catch (cause) {
      throw portErrorOf(cause, 'A call');
    }
  };
};
const lost = async (): Promise<never> => {
  throw Object.assign(new Error('gRPC client error: 14 UNAVAILABLE: connection lost'), {
    code: 'ERR_NOT_CONNECTED',
  });
};
const never = async (): Promise<never> => new Promise(() => {});
const soon = (): Partial<Call> => ({ deadline: performance.now() + 20 });

describe('a guarded server', () => {
  it('is asked again by reads after a lost connection, never by writes', async () => {
    const send = guard();
    let reads = 0;
    const answer = await send('read', async () => {
      reads += 1;
      return reads < 3 ? lost() : 'answer';
    });
    expect([answer, reads]).toEqual(['answer', 3]);
    let writes = 0;
    const write = send('write', async () => {
      writes += 1;
      return lost();
    });
    await expect(write).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(writes).toBe(1);
  });

  it('that does not answer in time is busy for a read, and leaves the outcome of a write unknown', async () => {
    const send = guard();
    await expect(send('read', never, soon())).rejects.toMatchObject({ code: 'busy' });
    await expect(send('write', never, soon())).rejects.toMatchObject({ code: 'outcome-unknown' });
  });

  it('is left alone after too many calls without an answer, and says until when', async () => {
    const send = guard();
    for (let call = 0; call < 3; call += 1) await send('read', never, soon()).catch(() => {});
    let asked = 0;
    const ask = async () => {
      asked += 1;
    };
    for (const deed of ['read', 'write'] as const)
      await expect(send(deed, ask)).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining(
          'domino:3002 stopped answering; it is tried again at 2026-01-01T00:01:00',
        ) as string,
      });
    expect(asked).toBe(0);
  });

  it('is tried again after the pause, and used again when it answers', async () => {
    const send = guard({ firstPauseMs: 1 });
    for (let call = 0; call < 3; call += 1) await send('read', never, soon()).catch(() => {});
    await expect
      .poll(async () => send('read', async () => 'answer').catch(() => 'closed'), {
        interval: 5,
        timeout: 30_000,
      })
      .toBe('answer');
    await expect(send('write', async () => 'written')).resolves.toBe('written');
  });

  it('being tried again does not hold a hurried call beyond its time, nor send it later', async () => {
    const send = guard({ firstPauseMs: 1 });
    for (let call = 0; call < 3; call += 1) await send('read', never, soon()).catch(() => {});
    const trial = Promise.withResolvers<string>();
    let trying = false;
    await expect
      .poll(
        async () => {
          void send('read', async () => {
            trying = true;
            return trial.promise;
          }).catch(() => {});
          await new Promise(setImmediate);
          return trying;
        },
        { interval: 5, timeout: 30_000 },
      )
      .toBe(true);
    let sent = false;
    const hurried = send('write', async () => void (sent = true), soon());
    await expect(hurried).rejects.toMatchObject({ code: 'busy' });
    trial.resolve('back');
    await expect(send('read', async () => 'answer')).resolves.toBe('answer');
    expect(sent).toBe(false);
  });

  it('that answers with errors is not left alone', async () => {
    const send = guard();
    const refuse = async (): Promise<never> => {
      throw Object.assign(new Error('no'), { code: 'ERR_FORBIDDEN' });
    };
    for (let call = 0; call < 10; call += 1)
      await expect(send('read', refuse)).rejects.toMatchObject({ code: 'not-authorized' });
  });

  it('gets no more calls at once than its limit; what waits too long is not sent', async () => {
    const send = guard({ concurrency: 2 });
    let running = 0;
    let most = 0;
    const release = Promise.withResolvers<void>();
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await release.promise;
      running -= 1;
    };
    const calls = Array.from({ length: 6 }, async () => send('read', work));
    let sent = false;
    const late = send('write', async () => void (sent = true), { deadline: performance.now() - 1 });
    setImmediate(release.resolve);
    await Promise.all(calls);
    await expect(late).rejects.toMatchObject({ code: 'busy' });
    expect([most, sent]).toEqual([2, false]);
  });

  it('that too many calls wait for is busy', async () => {
    const send = guard({ concurrency: 1, queue: 1 });
    const held = [send('read', never, soon()), send('read', never, soon())];
    await expect(send('write', never)).rejects.toMatchObject({ code: 'busy' });
    await Promise.allSettled(held);
  });

  it('sees an aborted call end at once: unsent writes as busy, sent ones as unknown', async () => {
    const send = guard({ concurrency: 1 });
    const abort = new AbortController();
    const first = send('write', never, { signal: abort.signal, ...soon() });
    let sent = false;
    const queued = send('write', async () => void (sent = true), { signal: abort.signal });
    setImmediate(() => abort.abort(new Error('shutting down')));
    await expect(first).rejects.toMatchObject({ code: 'outcome-unknown', cause: new Error('shutting down') });
    await expect(queued).rejects.toMatchObject({ code: 'busy' });
    await expect(send('read', async () => 'next')).resolves.toBe('next');
    expect(sent).toBe(false);
  });
});
