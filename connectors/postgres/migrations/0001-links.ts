import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table bridge.link (
    link_id text collate "C" primary key,
    replica_set text collate "C" not null,
    mode text not null check (mode in ('observe', 'pull', 'propose', 'sync')),
    paused_pull boolean not null default false,
    paused_push boolean not null default false,
    approved boolean not null default false,
    brake_updates text,
    brake_deletes text,
    released_until timestamptz,
    cursor_epoch text,
    cursor_position text,
    sweep_after text,
    sweep_due boolean not null default false,
    swept_at timestamptz,
    pulled_at timestamptz,
    pushed_at timestamptz,
    failures integer not null default 0,
    failed_at timestamptz,
    failure_code text,
    rests_until timestamptz,
    check ((cursor_epoch is null) = (cursor_position is null))
  )`,
  // A released lease keeps its row: fences must never start again from one.
  `create table bridge.lease (
    link_id text collate "C" primary key,
    holder text not null,
    fence bigint not null,
    expires_at timestamptz not null
  )`,
  `create table bridge.checkpoint (
    link_id text collate "C" not null,
    instance_id text collate "C" not null,
    watermark text,
    greatest_stamp text,
    greatest_seen_at timestamptz,
    primary key (link_id, instance_id)
  )`,
];

export const links: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
