import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { asHandbookError } from './postgres/database-error.ts';
import type { HandbookSql } from './postgres/handbook-sql.ts';
import type { ClaimedWebhook, NewWebhook, SigningKey, Webhook, Webhooks } from './webhooks-port.ts';

const keysSchema = z.array(z.strictObject({ secret: z.string(), until: z.number().nullable() }));

interface WebhookRow {
  readonly webhook_id: string;
  readonly account_id: string;
  readonly url: string;
  readonly entities: string[] | null;
  readonly content: 'records' | 'ids';
  readonly keys: unknown;
  readonly cursor: string | null;
  readonly replays: number;
  readonly state: Webhook['state'];
  readonly failures: number;
  readonly failed_at: Date | null;
  readonly failure: string | null;
  readonly deliveries: number;
  readonly delivered_at: Date | null;
  readonly created_at: Date;
  readonly created_by: string;
}

const FREE = "state = 'active' and (lease_until is null or lease_until <= $1)";
/** Moves only what the deliverer read: not past a replay, not after the lease. */
const HELD = "webhook_id = $1 and lease = $2 and replays = $3 and state = 'active'";

/** {@link Webhooks} in the schema of `PostgresHandbook`. */
export class PostgresWebhooks implements Webhooks {
  readonly #sql: HandbookSql;

  constructor(sql: HandbookSql) {
    this.#sql = sql;
  }

  async create(webhook: NewWebhook): Promise<void> {
    await this.#run(
      `insert into handbook.webhook (webhook_id, account_id, url, entities, content, keys, created_at, created_by)
       values ($1, $2, $3, $4::text[], $5, $6::jsonb, $7, $8)`,
      [
        webhook.id,
        webhook.accountId,
        webhook.url,
        webhook.entities,
        webhook.content,
        JSON.stringify(webhook.keys),
        new Date(webhook.createdAt),
        webhook.createdBy,
      ],
    );
  }

  async list(): Promise<readonly Webhook[]> {
    const { rows } = await this.#run<WebhookRow>(
      'select * from handbook.webhook order by created_at, webhook_id',
    );
    return rows.map(toWebhook);
  }

  async find(id: string): Promise<Webhook | null> {
    const { rows } = await this.#run<WebhookRow>('select * from handbook.webhook where webhook_id = $1', [
      id,
    ]);
    return rows[0] === undefined ? null : toWebhook(rows[0]);
  }

  async due(now: number): Promise<readonly { readonly id: string; readonly place: string }[]> {
    const { rows } = await this.#run<Pick<WebhookRow, 'webhook_id' | 'replays' | 'cursor'>>(
      `select webhook_id, replays, cursor from handbook.webhook where ${FREE} order by delivered_at nulls first limit 1000`,
      [new Date(now)],
    );
    return rows.map(({ webhook_id: id, replays, cursor }) => ({ id, place: `${replays} ${cursor}` }));
  }

  async claim(id: string, now: number, leaseMs: number): Promise<ClaimedWebhook | null> {
    const lease = randomUUID();
    const { rows } = await this.#run<WebhookRow>(
      `update handbook.webhook set lease = $2, lease_until = $3 where webhook_id = $4 and ${FREE} returning *`,
      [new Date(now), lease, new Date(now + leaseMs), id],
    );
    return rows[0] === undefined ? null : { ...toWebhook(rows[0]), lease };
  }

  async advance(
    { id, lease, replays }: ClaimedWebhook,
    {
      cursor,
      delivered,
      now,
    }: { readonly cursor: string | null; readonly delivered: boolean; readonly now: number },
  ): Promise<boolean> {
    const set = delivered
      ? `, deliveries = deliveries + 1, delivered_at = $5, failures = 0, failed_at = null, failure = null`
      : '';
    return this.#changed(`update handbook.webhook set cursor = $4${set} where ${HELD}`, [
      id,
      lease,
      replays,
      cursor,
      ...(delivered ? [new Date(now)] : []),
    ]);
  }

  async fail(
    { id, lease, replays }: ClaimedWebhook,
    { code, now, deadAfter }: { readonly code: string; readonly now: number; readonly deadAfter: number },
  ): Promise<boolean> {
    return this.#changed(
      `update handbook.webhook
          set failures = failures + 1, failed_at = $4, failure = $5,
              state = case when failures + 1 >= $6 then 'dead' else state end
        where ${HELD}`,
      [id, lease, replays, new Date(now), code, deadAfter],
    );
  }

  async release({ id, lease }: ClaimedWebhook): Promise<void> {
    await this.#run(
      'update handbook.webhook set lease = null, lease_until = null where webhook_id = $1 and lease = $2',
      [id, lease],
    );
  }

  setState(id: string, state: 'active' | 'paused'): Promise<boolean> {
    return this.#changed(
      `update handbook.webhook set state = $2, failures = 0, failed_at = null, failure = null where webhook_id = $1`,
      [id, state],
    );
  }

  setKeys(id: string, keys: readonly SigningKey[]): Promise<boolean> {
    return this.#changed('update handbook.webhook set keys = $2::jsonb where webhook_id = $1', [
      id,
      JSON.stringify(keys),
    ]);
  }

  replay(id: string, cursor: string | null): Promise<boolean> {
    return this.#changed(
      'update handbook.webhook set cursor = $2, replays = replays + 1 where webhook_id = $1',
      [id, cursor],
    );
  }

  remove(id: string): Promise<boolean> {
    return this.#changed('delete from handbook.webhook where webhook_id = $1', [id]);
  }

  async #changed(text: string, values: readonly unknown[]): Promise<boolean> {
    const { rowCount } = await this.#run(text, values);
    return rowCount > 0;
  }

  #run<R>(text: string, values: readonly unknown[] = []) {
    return asHandbookError(() => this.#sql.query<R>(text, values));
  }
}

function toWebhook(row: WebhookRow): Webhook {
  return {
    id: row.webhook_id,
    accountId: row.account_id,
    url: row.url,
    entities: row.entities,
    content: row.content,
    keys: keysSchema.parse(row.keys),
    cursor: row.cursor,
    replays: row.replays,
    state: row.state,
    failures: row.failures,
    failedAt: row.failed_at?.getTime() ?? null,
    failure: row.failure,
    deliveries: row.deliveries,
    deliveredAt: row.delivered_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
    createdBy: row.created_by,
  };
}
