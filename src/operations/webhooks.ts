import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Accounts, OutsideRole } from '../../connectors/accounts/port.ts';
import type { EntitySchema } from '../../connectors/handbook/members-port.ts';
import type { SigningKey, Webhooks } from '../../connectors/handbook/webhooks-port.ts';
import type { WebhookSender } from '../../connectors/webhooks/port.ts';
import { SECRET_PREFIX } from '../passes/webhooks/sign-delivery.ts';
import { OperationError, type Operation } from './operation.ts';

export interface WebhookSources {
  readonly webhooks: Webhooks;
  readonly sender: Pick<WebhookSender, 'objection'>;
  readonly outside: Pick<Accounts<OutsideRole>, 'accountNamed' | 'accountsWithIds'>;
  readonly schemas: readonly EntitySchema[];
  readonly clock: { now(): number };
}

const HOUR_MS = 3_600_000;
const one = z.strictObject({ webhook: z.uuid() });
const createArgs = z.strictObject({
  url: z.string().min(1).max(2_000),
  account: z.string().min(1).max(64),
  entities: z.array(z.string()).min(1).max(100).optional(),
  content: z.enum(['records', 'ids']).default('records'),
});
const rotateArgs = one.extend({
  overlapHours: z
    .number()
    .min(0)
    .max(24 * 30)
    .default(24),
});
const replayArgs = one.extend({ from: z.string().min(1).max(4_000).nullable() });

/** `webhook-…`: everything that is done with webhooks by people. */
export function webhookOperations(sources: WebhookSources): readonly Operation[] {
  return [
    create(sources),
    list(sources),
    rotate(sources),
    ...(['pause', 'resume'] as const).map((how) => setState(sources, how)),
    replay(sources),
    remove(sources),
  ];
}

function create({ webhooks, sender, outside, schemas, clock }: WebhookSources) {
  return {
    name: 'webhook-create',
    summary: 'Sends the feed of a service account to an address; answers the signing secret, once',
    role: 'operator',
    args: createArgs,
    async run({ url, account: name, entities, content }, { by }) {
      const objection = sender.objection(url);
      if (objection !== null) throw new OperationError('bad-request', objection);
      const account = await outside.accountNamed(name.toLowerCase());
      if (account?.role !== 'app')
        throw new OperationError(
          'not-found',
          `No handbook account "${name}" of role app; create one for the receiver`,
        );
      const unknown = entities?.find((entity) => schemas.every((schema) => schema.entity !== entity));
      if (unknown !== undefined)
        throw new OperationError(
          'bad-request',
          `No entity "${unknown}"; there are ${schemas.map(({ entity }) => entity).join(', ')}`,
        );
      const key = newKey();
      const id = randomUUID();
      await webhooks.create({
        id,
        accountId: account.id,
        url,
        entities: entities ?? null,
        content,
        keys: [key],
        createdAt: clock.now(),
        createdBy: by,
      });
      return { webhook: id, secret: SECRET_PREFIX + key.secret };
    },
  } as const satisfies Operation<
    z.infer<typeof createArgs>,
    { readonly webhook: string; readonly secret: string }
  >;
}

/** Never the keys. */
export interface ListedWebhook {
  readonly webhook: string;
  readonly url: string;
  readonly account: string | null;
  readonly entities: readonly string[] | null;
  readonly content: 'records' | 'ids';
  readonly state: 'active' | 'paused' | 'dead';
  readonly deliveries: number;
  readonly deliveredAt: string | null;
  readonly failures: number;
  readonly failure: string | null;
  readonly failedAt: string | null;
  readonly keys: number;
}

function list({ webhooks, outside, clock }: WebhookSources) {
  return {
    name: 'webhook-list',
    summary: 'Where the feed is sent to, how far it got, and what fails',
    role: 'auditor',
    args: z.strictObject({}),
    async run() {
      const all = await webhooks.list();
      const accounts = await outside.accountsWithIds([...new Set(all.map(({ accountId }) => accountId))]);
      const nameOf = (id: string) => accounts.find((account) => account.id === id)?.name ?? null;
      return {
        webhooks: all.map(
          (hook): ListedWebhook => ({
            webhook: hook.id,
            url: hook.url,
            account: nameOf(hook.accountId),
            entities: hook.entities,
            content: hook.content,
            state: hook.state,
            deliveries: hook.deliveries,
            deliveredAt: iso(hook.deliveredAt),
            failures: hook.failures,
            failure: hook.failure,
            failedAt: iso(hook.failedAt),
            keys: holding(hook.keys, clock.now()).length,
          }),
        ),
      };
    },
  } as const satisfies Operation<Record<string, never>, { readonly webhooks: readonly ListedWebhook[] }>;
}

function rotate({ webhooks, clock }: WebhookSources) {
  return {
    name: 'webhook-rotate',
    summary:
      'Gives a webhook a new signing secret, shown once; deliveries carry both signatures until the old one ends',
    role: 'operator',
    args: rotateArgs,
    async run({ webhook: id, overlapHours }) {
      const known = (await webhooks.find(id)) ?? unknownWebhook(id);
      const now = clock.now();
      const ends = now + overlapHours * HOUR_MS;
      const old = holding(known.keys, now).map((key) => ({
        ...key,
        until: Math.min(key.until ?? ends, ends),
      }));
      const key = newKey();
      await webhooks.setKeys(id, [key, ...holding(old, now)]);
      return { webhook: id, secret: SECRET_PREFIX + key.secret, oldEndsAt: new Date(ends).toISOString() };
    },
  } as const satisfies Operation<
    z.infer<typeof rotateArgs>,
    { readonly webhook: string; readonly secret: string; readonly oldEndsAt: string }
  >;
}

function setState({ webhooks }: WebhookSources, how: 'pause' | 'resume') {
  const state = how === 'pause' ? 'paused' : 'active';
  return {
    name: `webhook-${how}`,
    summary:
      how === 'pause'
        ? 'Sends nothing to a webhook until it is resumed; nothing is lost meanwhile'
        : 'Sends to a webhook again that was paused, or that was given up after too many failures; its failures are forgotten',
    role: 'operator',
    args: one,
    async run({ webhook: id }) {
      if (!(await webhooks.setState(id, state))) unknownWebhook(id);
      return { webhook: id, state };
    },
  } as const satisfies Operation<z.infer<typeof one>, { readonly webhook: string; readonly state: string }>;
}

function replay({ webhooks }: WebhookSources) {
  return {
    name: 'webhook-replay',
    summary: 'Sends again what came after a cursor that the receiver was given, or (null) everything',
    role: 'operator',
    args: replayArgs,
    async run({ webhook: id, from }) {
      if (!(await webhooks.replay(id, from))) unknownWebhook(id);
      return { webhook: id };
    },
  } as const satisfies Operation<z.infer<typeof replayArgs>, { readonly webhook: string }>;
}

function remove({ webhooks }: WebhookSources) {
  return {
    name: 'webhook-delete',
    summary: 'Forgets a webhook with its keys',
    role: 'operator',
    args: one,
    async run({ webhook: id }) {
      if (!(await webhooks.remove(id))) unknownWebhook(id);
      return { webhook: id };
    },
  } as const satisfies Operation<z.infer<typeof one>, { readonly webhook: string }>;
}

function newKey(): SigningKey {
  return { secret: randomBytes(32).toString('base64'), until: null };
}

function holding(keys: readonly SigningKey[], now: number): readonly SigningKey[] {
  return keys.filter(({ until }) => until === null || until > now);
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function unknownWebhook(id: string): never {
  throw new OperationError('not-found', `No webhook "${id}"; webhook list has all of them`);
}
