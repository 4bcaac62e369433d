import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // Not complete: still being received, seen by nobody.
  `create table handbook.blob (
    blob_id bigint primary key generated always as identity,
    record_id uuid not null references handbook.record,
    field text collate "C" not null,
    name text collate "C" not null,
    sha256 text not null,
    size bigint not null,
    complete boolean not null default false,
    received_at timestamptz not null default now()
  )`,
  `create unique index blob_name on handbook.blob (record_id, field, name) where complete`,
  `create index blob_of_record on handbook.blob (record_id)`,
  `create table handbook.blob_chunk (
    blob_id bigint not null references handbook.blob on delete cascade,
    chunk integer not null,
    bytes bytea not null,
    primary key (blob_id, chunk)
  )`,
  // Attachments are compressed files more often than not.
  `alter table handbook.blob_chunk alter column bytes set storage external`,
];

export const blobs: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
