import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table bridge.journal_head (
    link_id text collate "C" primary key,
    sequence bigint not null,
    hash text not null
  )`,
  `create table bridge.journal (
    link_id text collate "C" not null,
    sequence bigint not null,
    at timestamptz not null,
    pass_id text not null,
    pair_id text collate "C",
    record_id text collate "C",
    unid text collate "C",
    event text not null,
    rule text not null,
    fields json not null,
    digest text,
    by_person text,
    reason text,
    previous_hash text not null,
    hash text not null,
    primary key (link_id, sequence)
  )`,
  `create index journal_effects on bridge.journal (link_id, at) include (event)
    where event in ('remove-record', 'delete-note', 'hide-record', 'update-record', 'update-note')`,
  `create index journal_pair on bridge.journal (pair_id, sequence) where pair_id is not null`,
  // Without its key a digest says nothing about the values, however few values are possible.
  `create table bridge.journal_key (
    record_id text collate "C" primary key,
    key bytea not null
  )`,
];

export const journal: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
