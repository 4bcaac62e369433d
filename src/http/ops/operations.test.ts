import { once } from 'node:events';
import { request } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../../operations/operation.ts';
import { asLocal, testApp, type TestApp } from '../testing/test-app.ts';

let t: TestApp;
afterEach(() => t.app.close());

const post = async (name: string, payload: object | undefined, headers: Record<string, string> = asLocal) =>
  t.app.inject({
    method: 'POST',
    url: `/api/ops/v1/operations/${name}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
const lines = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('operations', () => {
  it('stream progress and end with the result', async () => {
    t = testApp();
    const answer = await post('count-to', { to: 2 });
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(lines(answer.body)).toEqual([
      { progress: { phase: 'counting', done: 1, estimated: 2 } },
      { progress: { phase: 'counting', done: 2, estimated: 2 } },
      { result: { counted: 2, by: 'local' } },
    ]);
  });

  it('take their defaults when no body comes', async () => {
    t = testApp();
    expect(lines((await post('count-to', undefined)).body).at(-1)).toEqual({
      result: { counted: 3, by: 'local' },
    });
  });

  it('drop progress that nobody has read in time, never the result', async () => {
    t = testApp();
    const all = lines((await post('count-to', { to: 100_000 })).body);
    expect(all.length).toBeLessThan(100_001);
    expect(all.at(-2)).toEqual({ progress: { phase: 'counting', done: 100_000, estimated: 100_000 } });
    expect(all.at(-1)).toMatchObject({ result: { counted: 100_000 } });
  });

  it('say in their own words why they cannot be carried out', async () => {
    t = testApp();
    expect(lines((await post('approve', { preview: 'p' })).body)).toEqual([
      {
        error: {
          code: 'needs-approval',
          message: 'Approve preview p-1 first.',
          details: { previewId: 'p-1' },
        },
      },
    ]);
  });

  it('do not show the words of a defect', async () => {
    t = testApp();
    const answer = await post('approve', { preview: 'p', mode: 'break' });
    expect(lines(answer.body)).toMatchObject([{ error: { code: 'internal', details: {} } }]);
    expect(answer.body).not.toContain('secret');
  });

  it('check their arguments before anything starts', async () => {
    t = testApp();
    const answer = await post('count-to', { to: -1, extra: true });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'validation' });
    expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual(['body/to', 'body']);
  });

  it('are for the role they name', async () => {
    t = testApp();
    const auditor = await t.as('auditor');
    expect((await post('count-to', {}, auditor)).statusCode).toBe(200);
    expect((await post('approve', { preview: 'p' }, auditor)).statusCode).toBe(403);
    expect((await post('approve', { preview: 'p' }, await t.as('operator'))).statusCode).toBe(200);
    expect((await post('count-to', {}, await t.as('app'))).statusCode).toBe(403);
    expect((await post('unheard-of', {})).statusCode).toBe(404);
  });

  it('are listed with the schema of their arguments', async () => {
    t = testApp();
    const answer = await t.app.inject({ url: '/api/ops/v1/operations', headers: await t.as('auditor') });
    expect(answer.json().operations).toMatchObject([
      {
        name: 'count-to',
        role: 'auditor',
        args: { type: 'object', properties: { to: { type: 'integer', default: 3 } } },
      },
      { name: 'approve', role: 'operator', args: { required: ['preview'] } },
    ]);
  });
});

describe('an operation that takes long', () => {
  /** Starts, tells so, and goes on until it is aborted. */
  function waiting() {
    const started = Promise.withResolvers<AbortSignal>();
    const operation: Operation<object> = {
      name: 'wait',
      summary: 'Waits',
      role: 'operator',
      args: z.strictObject({}),
      async run(_args, context) {
        const { signal } = context;
        context.progress({ phase: 'waiting', done: 0, estimated: null });
        const aborted = once(signal, 'abort');
        started.resolve(signal);
        await aborted;
        signal.throwIfAborted();
      },
    };
    return { operation, started: started.promise };
  }

  async function call() {
    const address = await t.app.listen({ port: 0, host: '127.0.0.1' });
    const outgoing = request(`${address}/api/ops/v1/operations/wait`, { method: 'POST', headers: asLocal });
    outgoing.on('error', () => {});
    outgoing.end();
    const [response] = await once(outgoing, 'response');
    return { outgoing, response };
  }

  it('is aborted when the client goes away', async () => {
    const { operation, started } = waiting();
    t = testApp({ operations: [operation] });
    const { outgoing } = await call();
    const signal = await started;
    expect(signal.aborted).toBe(false);
    outgoing.destroy();
    if (!signal.aborted) await once(signal, 'abort');
    expect(signal.aborted).toBe(true);
  });

  it('is aborted when the server stops, and says so', async () => {
    const { operation, started } = waiting();
    t = testApp({ operations: [operation] });
    const { response } = await call();
    await started;
    const body = text(response);
    await t.app.close();
    expect(lines(await body)).toMatchObject([
      { progress: { phase: 'waiting' } },
      { error: { code: 'unavailable' } },
    ]);
  });

  it('does not keep others waiting', async () => {
    const { operation, started } = waiting();
    t = testApp({ operations: [operation] });
    const { outgoing } = await call();
    await started;
    const address = t.app.listeningOrigin;
    const other = request(`${address}/health/live`).end();
    const [response] = await once(other, 'response');
    expect(await json(response)).toEqual({ status: 'ok' });
    outgoing.destroy();
  });
});
