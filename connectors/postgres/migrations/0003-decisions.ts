import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // SQL NULL in a value = nobody looked; json 'null' = empty.
  `create table bridge.conflict (
    id text collate "C" primary key,
    pair_id text collate "C" not null references bridge.pair (id),
    link_id text collate "C" not null,
    at timestamptz not null,
    dedupe text not null,
    kind text not null,
    field text collate "C" not null,
    base json,
    notes json,
    handbook json,
    policy text not null,
    winner text,
    state text not null check (state in ('open', 'settled', 'resolved', 'obsolete')),
    closed_by text,
    closed_at timestamptz,
    choice text
  )`,
  `create unique index conflict_open on bridge.conflict (pair_id, field) where state = 'open'`,
  `create unique index conflict_dedupe on bridge.conflict (pair_id, field, dedupe)`,
  `create index conflict_link on bridge.conflict (link_id, state, at desc)`,
  `create index conflict_at on bridge.conflict (at desc)`,
  `create table bridge.quarantine (
    id text collate "C" primary key,
    pair_id text collate "C" not null references bridge.pair (id),
    link_id text collate "C" not null,
    code text not null,
    detail text not null,
    at timestamptz not null,
    first_at timestamptz not null,
    attempts integer not null default 1,
    closed_at timestamptz
  )`,
  `create unique index quarantine_open on bridge.quarantine (pair_id) where closed_at is null`,
  `create index quarantine_pair on bridge.quarantine (pair_id)`,
  `create index quarantine_link on bridge.quarantine (link_id, at desc) where closed_at is null`,
  `create table bridge.preview (
    id text collate "C" primary key,
    link_id text collate "C" not null,
    at timestamptz not null,
    lane text not null,
    decided_by text,
    decided_at timestamptz,
    reason text
  )`,
  `create index preview_link on bridge.preview (link_id, at desc)`,
  `create table bridge.preview_entry (
    preview_id text collate "C" not null references bridge.preview (id) on delete cascade,
    place integer not null,
    pair_id text collate "C" not null,
    record_id text not null,
    unid text,
    entity text not null,
    event text not null,
    rule text not null,
    fields json not null,
    primary key (preview_id, place)
  )`,
  `create index preview_entry_pair on bridge.preview_entry (pair_id)`,
];

export const decisions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
