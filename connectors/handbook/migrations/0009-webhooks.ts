import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Where the feed is sent to. The keys must be read to sign, so they are here as they are.
  `create table handbook.webhook (
    webhook_id uuid primary key,
    account_id uuid not null,
    url text not null,
    entities text[],
    content text not null check (content in ('records', 'ids')),
    keys jsonb not null,
    cursor text,
    replays integer not null default 0,
    state text not null default 'active' check (state in ('active', 'paused', 'dead')),
    failures integer not null default 0,
    failed_at timestamptz,
    failure text,
    deliveries bigint not null default 0,
    delivered_at timestamptz,
    lease uuid,
    lease_until timestamptz,
    created_at timestamptz not null,
    created_by text not null
  )`,
];

export const webhooks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
