import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OperationError, type Progress } from '../operations/operation.ts';
import { createHttpCaller } from './http-caller.ts';
import { readJsonLines } from './ndjson.ts';
import { startOperationsServer } from './testing/operations-server.ts';

const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

async function ask(answer: (response: ServerResponse) => unknown, signal = new AbortController().signal) {
  await using server = await startOperationsServer(answer);
  const steps: Progress[] = [];
  const outcome = await createHttpCaller({ url: server.url, token: 'tok' })
    .callOperation('sync-once', { link: 'đv' }, { onProgress: (step) => steps.push(step), signal })
    .then((result) => ({ result, error: null }))
    .catch((error: unknown) => ({ result: null, error }));
  return { ...outcome, steps, asked: server.asked };
}

describe('createHttpCaller', () => {
  it('sends the arguments with the token, passes progress on and gives the result', async () => {
    const step = { phase: 'đọc', done: 1, estimated: null };
    const { result, error, steps, asked } = await ask((response) =>
      response.end(lines({ progress: step }, { progress: step }, { result: { tên: 'Ước' } })),
    );
    expect(error).toBeNull();
    expect(result).toEqual({ tên: 'Ước' });
    expect(steps).toEqual([step, step]);
    expect(asked).toEqual([
      { path: 'POST /api/ops/v1/operations/sync-once', authorization: 'Bearer tok', body: '{"link":"đv"}' },
    ]);
  });

  it('takes null and false as results', async () => {
    expect((await ask((response) => response.end(lines({ result: null })))).error).toBeNull();
    expect((await ask((response) => response.end(lines({ result: false })))).result).toBe(false);
  });

  it('throws what the operation threw', async () => {
    const said = { code: 'needs-approval', message: 'm', details: { previewId: 'p' } };
    const { error } = await ask((response) => response.end(lines({ error: said })));
    expect(error).toBeInstanceOf(OperationError);
    expect(error).toMatchObject(said);
  });

  it('does not hide a failure under a code of its own', async () => {
    const { error } = await ask((response) =>
      response.end(lines({ error: { code: 'internal', message: 'm' } })),
    );
    expect(error).not.toBeInstanceOf(OperationError);
    expect(error).toMatchObject({ message: 'm (internal)' });
  });

  it.each([
    ['nothing', (response: ServerResponse) => response.end()],
    [
      'progress only',
      (response: ServerResponse) => response.end(lines({ progress: { phase: 'x', done: 1, estimated: 2 } })),
    ],
    ['half a line', (response: ServerResponse) => response.end('{"result":')],
    [
      'a connection that breaks',
      (response: ServerResponse) => response.write('{"progress"', () => response.destroy()),
    ],
    ['something else', (response: ServerResponse) => response.end('<html></html>')],
    ['another shape', (response: ServerResponse) => response.end(lines({ outcome: 1 }))],
  ])('is not satisfied with %s', async (_, answer) => {
    expect((await ask(answer)).error).toMatchObject({ name: 'OperationError', code: 'unavailable' });
  });

  it.each([
    [400, 'bad-request', 'body/link: Too long'],
    [401, 'refused', '--token-file'],
    [403, 'refused', 'May not'],
    [404, 'unavailable', 'same version'],
    [409, 'refused', 'May not'],
    [429, 'busy', 'Wait a minute'],
    [503, 'unavailable', 'Its log says why'],
  ])('HTTP %i is %s', async (status, code, words) => {
    const problem = {
      type: 'about:blank',
      title: 'May not',
      status,
      code: 'x',
      requestId: 'r',
      ...(status === 400 && { errors: [{ path: 'body/link', message: 'Too long' }] }),
    };
    const { error } = await ask((response) => response.writeHead(status).end(JSON.stringify(problem)));
    expect(error).toMatchObject({ name: 'OperationError', code });
    expect(String(error)).toContain(words);
    expect((await ask((response) => response.writeHead(status).end('<html>'))).error).toMatchObject({ code });
  });

  it('says which server cannot be reached', async () => {
    const { url } = await (async () => {
      await using server = await startOperationsServer(() => {});
      return server;
    })();
    const call = createHttpCaller({ url, token: 't' }).callOperation(
      'status',
      {},
      { onProgress: () => {}, signal: new AbortController().signal },
    );
    await expect(call).rejects.toMatchObject({
      code: 'unavailable',
      message: `Cannot reach the bridge server at ${url}: ECONNREFUSED. Is it running?`,
    });
  });

  it('closes the connection on Ctrl-C, so that the server stops working', async () => {
    const stop = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const { error } = await ask((response) => {
      closed = new Promise((resolve) => {
        response.once('close', () => resolve('closed'));
      });
      response.write(lines({ progress: { phase: 'x', done: 1, estimated: 2 } }), () => stop.abort());
    }, stop.signal);
    expect(error).toBeInstanceOf(OperationError);
    expect(await closed).toBe('closed');
  });
});

describe('readJsonLines', () => {
  it('finds the same values however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.boolean(),
        async (values, sizes, newlineAtEnd) => {
          const bytes = new TextEncoder().encode(
            values.map((value) => JSON.stringify(value)).join('\n') + (newlineAtEnd ? '\n' : ''),
          );
          const chunks = async function* () {
            for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
              const size = sizes[turn % sizes.length] ?? 1;
              yield bytes.subarray(at, at + size);
              at += size;
            }
          };
          const read: unknown[] = [];
          for await (const value of readJsonLines(chunks())) read.push(value);
          expect(read).toEqual(values.map((value) => JSON.parse(JSON.stringify(value))));
        },
      ),
    );
  });
});
