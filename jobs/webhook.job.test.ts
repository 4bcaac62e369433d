import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresReadersHandbook } from '../connectors/handbook/postgres-readers-handbook.ts';
import { PostgresWebhooks } from '../connectors/handbook/postgres-webhooks.ts';
import { createUndiciSender } from '../connectors/webhooks/undici-sender.ts';
import { readAccess } from '../config/read-access.ts';
import { readMappings } from '../config/read-mappings.ts';
import { entitySchemas } from '../src/compose/entity-schemas.ts';
import { type HandbookApp, openHandbookApp } from '../src/http/handbook/testing/handbook-app.ts';
import { type ListedWebhook, webhookOperations } from '../src/operations/webhooks.ts';
import { DEAD_AFTER } from '../src/passes/webhooks/deliver-webhook.ts';
import { type WebhookJob, WebhookJobs } from './webhook.job.ts';

const CONFIG = `${import.meta.dirname}/../config`;
const schemas = entitySchemas(readMappings(`${CONFIG}/mappings`));
const access = readAccess(`${CONFIG}/access.yaml`, schemas);
const sender = createUndiciSender({ allowedNetworks: ['127.0.0.0/8'], timeoutMs: 2_000 });

interface Delivery {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

let t: HandbookApp;
let webhooks: PostgresWebhooks;
let jobs: WebhookJobs;
let receiver: Server;
let url: string;
let now = Date.UTC(2026, 0, 5);
const clock = { now: () => now };
/** What the receiver does with the next deliveries; then it takes all. */
const answers: (number | 'hang up' | 'lose the answer')[] = [];
const taken: Delivery[] = [];
const queued: WebhookJob[] = [];

beforeAll(async () => {
  t = await openHandbookApp();
  webhooks = new PostgresWebhooks(t.pool);
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8');
      const how = answers.shift() ?? 204;
      if (how === 'hang up') request.socket.destroy();
      else if (how === 'lose the answer' || (how >= 200 && how < 300)) {
        taken.push({ headers: request.headers, raw, body: JSON.parse(raw) });
        if (how === 'lose the answer') request.socket.destroy();
        else response.writeHead(how).end();
      } else response.writeHead(how, { location: 'http://127.0.0.1:1/elsewhere' }).end('no');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const readers = await PostgresReadersHandbook.open(t.pool, schemas, access);
  jobs = new WebhookJobs(
    { webhooks, readers, sender, clock },
    { add: async (_name, job) => void queued.push(job) },
    { error: () => undefined },
  );
});
afterAll(async () => {
  await sender.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await t.close();
});
beforeEach(async () => {
  await t.clear();
  await t.account('app', {});
  for (const list of [answers, taken, queued]) list.length = 0;
});
afterEach(async () => {
  for (const { id } of await webhooks.list()) await webhooks.remove(id);
});

// oxlint-disable-next-line typescript/no-explicit-any
async function ask(name: string, args: object): Promise<any> {
  const all = webhookOperations({ webhooks, sender, outside: t.accounts.outside, schemas, clock });
  const operation = all.find((one) => one.name === name);
  const context = { by: 'an', signal: new AbortController().signal, progress: () => undefined };
  return operation?.run(operation.args.parse(args), context);
}
async function create(more: object = {}): Promise<{ webhook: string; secret: string }> {
  const name = `app-${randomUUID()}`;
  await t.accounts.outside.create({ name, role: 'app', password: 'a long enough password' });
  return ask('webhook-create', { url, account: name, ...more });
}
const deliver = (webhook: string) => jobs.run({ task: 'webhook', webhook }, new AbortController().signal);
const look = async () => {
  await jobs.run({ task: 'webhook', webhook: null }, new AbortController().signal);
  return queued.splice(0).map((job) => job.webhook);
};
const listed = async (): Promise<readonly ListedWebhook[]> => (await ask('webhook-list', {})).webhooks;
const fill = async (...names: string[]) => {
  for (const name of names) {
    await t.put('task', name, { taskCode: name, title: `việc ${name}` });
    await t.put('document', name, { recordCode: name, summary: `văn bản ${name}` });
  }
  await t.settled();
};
/** As the Standard Webhooks specification says, for a receiver with this secret. */
function verifies({ headers, raw }: Delivery, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], raw].join('.');
  const mac = createHmac('sha256', key).update(signed).digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${mac}`);
}
/** The copy of a receiver that applies each delivery in order and knows those that come again. */
function copyOf(deliveries: readonly Delivery[]): ReadonlyMap<string, unknown> {
  const copy = new Map<string, unknown>();
  const seen = new Set<unknown>();
  for (const { headers, body } of deliveries) {
    if (seen.has(headers['webhook-id'])) continue;
    seen.add(headers['webhook-id']);
    if (body.epochChanged) copy.clear();
    for (const change of body.changes) {
      if (change.kind === 'removed') copy.delete(change.recordId);
      else copy.set(change.record.recordId, change.record.fields);
    }
  }
  return copy;
}

describe('deliveries', () => {
  it('carry what came since the last one, signed, and nothing when there is nothing', async () => {
    await fill('a');
    const { webhook, secret } = await create();
    expect(await look()).toEqual([webhook]);
    await deliver(webhook);
    expect(taken).toHaveLength(1);
    expect(verifies(taken[0] as Delivery, secret)).toBe(true);
    expect(verifies(taken[0] as Delivery, `whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(false);
    expect(taken[0]?.body).toMatchObject({ webhook, since: null, epochChanged: false });
    expect([...copyOf(taken).keys()].sort()).toEqual([t.idOf('task', 'a'), t.idOf('document', 'a')].sort());
    await look();
    await deliver(webhook);
    expect(await look()).toEqual([]);
    expect(taken).toHaveLength(1);
    await t.remove('task', 'a', 'withdraw');
    await t.settled();
    expect(await look()).toEqual([webhook]);
    await deliver(webhook);
    expect(taken[1]?.body).toMatchObject({
      since: taken[0]?.body.cursor,
      changes: [{ kind: 'removed', recordId: t.idOf('task', 'a') }],
    });
    expect(await listed()).toMatchObject([{ webhook, state: 'active', deliveries: 2, failures: 0, keys: 1 }]);
  });

  it('keep to the filter, and to ids where only they are wanted', async () => {
    await fill('a', 'b');
    const { webhook } = await create({ entities: ['task'], content: 'ids' });
    await deliver(webhook);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.body.changes).toEqual(
      ['a', 'b'].map((key) => ({
        kind: 'changed',
        recordId: t.idOf('task', key),
        entity: 'task',
        version: 1,
      })),
    );
    expect(taken[0]?.raw).not.toContain('việc');
  });

  it('leave nothing out and end with the same copy, however the receiver fails', async () => {
    const how = fc.constantFrom<(typeof answers)[number]>(
      200,
      204,
      500,
      503,
      429,
      302,
      'hang up',
      'lose the answer',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(how, { maxLength: 3 }), fc.boolean()), { maxLength: 8 }),
        async (story) => {
          await t.clear();
          taken.length = 0;
          const { webhook } = await create({ entities: ['task'] });
          for (const [index, [troubles, removes]] of story.entries()) {
            await fill(`n${index}`);
            if (removes) await t.remove('task', `n${index}`, 'hide');
            await t.settled();
            answers.push(...troubles);
            await deliver(webhook).catch(() => undefined);
          }
          answers.length = 0;
          await deliver(webhook).catch(() => undefined);
          const { rows } = await t.pool.query<{ record_id: string; fields: object }>(
            `select record_id, fields from handbook.record where entity = 'task' and state = 'live'`,
          );
          expect(Object.fromEntries(copyOf(taken))).toEqual(
            Object.fromEntries(rows.map((row) => [row.record_id, row.fields])),
          );
          await webhooks.remove(webhook);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('come again with the same id, and with another one after a replay', async () => {
    await fill('a');
    const { webhook } = await create();
    answers.push('lose the answer');
    await expect(deliver(webhook)).rejects.toThrow('unreachable');
    await deliver(webhook);
    await ask('webhook-replay', { webhook, from: null });
    expect(await look()).toEqual([webhook]);
    await deliver(webhook);
    const [first, again, replayed] = taken;
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(replayed?.headers['webhook-id']).not.toBe(first?.headers['webhook-id']);
    expect(replayed?.body.changes).toEqual(first?.body.changes);
    await fill('b');
    await deliver(webhook);
    await ask('webhook-replay', { webhook, from: first?.body.cursor });
    await deliver(webhook);
    expect(taken.at(-1)?.body.changes).toEqual(taken.at(-2)?.body.changes);
  });

  it('tell that everything must be dropped when the handbook was restored', async () => {
    await fill('a');
    const { webhook } = await create();
    await deliver(webhook);
    await t.pool.query(`update handbook.webhook set cursor = 'v1.nonsense'`);
    await deliver(webhook);
    expect(await listed()).toMatchObject([{ state: 'dead', failure: 'bad-cursor' }]);
  });
});

describe('keys', () => {
  it('change over: both sign until the old one ends, then the new one alone', async () => {
    await fill('a');
    const { webhook, secret: old } = await create();
    const { secret } = await ask('webhook-rotate', { webhook, overlapHours: 1 });
    await deliver(webhook);
    expect([old, secret].map((one) => verifies(taken[0] as Delivery, one))).toEqual([true, true]);
    now += 3_600_000;
    await fill('b');
    await deliver(webhook);
    expect([old, secret].map((one) => verifies(taken[1] as Delivery, one))).toEqual([false, true]);
    const { secret: last } = await ask('webhook-rotate', { webhook, overlapHours: 0 });
    await fill('c');
    await deliver(webhook);
    expect([secret, last].map((one) => verifies(taken[2] as Delivery, one))).toEqual([false, true]);
    expect(JSON.stringify(await listed())).not.toContain(last.slice(6));
  });
});

describe('an endpoint that fails', () => {
  it('is tried again and given up in the end; shown, and taken up from the same place', async () => {
    await fill('a');
    const { webhook } = await create();
    for (let attempt = 1; attempt < DEAD_AFTER; attempt += 1) {
      answers.push(500);
      await expect(deliver(webhook)).rejects.toThrow('status-500');
    }
    expect(await listed()).toMatchObject([
      { state: 'active', failures: DEAD_AFTER - 1, failure: 'status-500' },
    ]);
    answers.push(500);
    expect(await deliver(webhook)).toMatchObject({ outcome: 'resting' });
    expect(await listed()).toMatchObject([{ state: 'dead', failures: DEAD_AFTER }]);
    expect(await deliver(webhook)).toMatchObject({ outcome: 'busy' });
    expect(await look()).toEqual([]);
    await ask('webhook-resume', { webhook });
    expect(await look()).toEqual([webhook]);
    await deliver(webhook);
    expect(taken).toHaveLength(1);
    expect(await listed()).toMatchObject([{ state: 'active', failures: 0, failure: null }]);
  });

  it('is given up at once where it says 410, and left alone while paused', async () => {
    await fill('a');
    const { webhook } = await create();
    answers.push(410);
    await deliver(webhook);
    expect(await listed()).toMatchObject([{ state: 'dead', failure: 'status-410' }]);
    await ask('webhook-resume', { webhook });
    await ask('webhook-pause', { webhook });
    expect(await look()).toEqual([]);
    await deliver(webhook);
    expect(taken).toHaveLength(0);
  });

  it('is delivered to by one at a time', async () => {
    await fill('a');
    const { webhook } = await create();
    const runs = await Promise.all([deliver(webhook), deliver(webhook), deliver(webhook)]);
    expect(runs.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'busy', 'done']);
    expect(taken).toHaveLength(1);
  });
});

describe('who is refused', () => {
  it.each([
    ['an account that is no service', { account: 'nobody' }],
    ['an entity that there is not', { entities: ['nonsense'] }],
    ['an address that is none', { url: 'not an address' }],
    ['another protocol', { url: 'file:///etc/passwd' }],
    ['a password in the address', { url: 'https://a:b@example.vn/' }],
    ['the cloud’s metadata', { url: 'http://169.254.169.254/latest' }],
    ['a private network', { url: 'https://10.0.0.7/' }],
  ])('%s', async (_, args) => {
    await expect(create(args)).rejects.toMatchObject({ name: 'OperationError' });
  });
});
