import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table handbook.upload (
    upload_id uuid primary key,
    account_id text not null,
    member_key text collate "C",
    entity text not null,
    record_id uuid not null references handbook.record (record_id),
    file_name text not null,
    size bigint not null check (size >= 1),
    sha256 text not null,
    received bigint not null default 0 check (received between 0 and size),
    state text not null default 'receiving' check (state in ('receiving', 'held', 'refused')),
    media_type text,
    reason text,
    created_at timestamptz not null,
    ended_at timestamptz
  )`,
  `create index upload_of on handbook.upload (account_id, created_at)`,
  `create index upload_member on handbook.upload (member_key)`,
  `create table handbook.upload_chunk (
    upload_id uuid not null references handbook.upload (upload_id) on delete cascade,
    first bigint not null,
    bytes bytea not null,
    primary key (upload_id, first)
  )`,
];

export const uploads: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
