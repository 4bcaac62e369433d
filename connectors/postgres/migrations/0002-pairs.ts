import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

// Values are json, not jsonb: they are never looked into here, and jsonb refuses U+0000, which a note's text may hold.
const statements = [
  `create table bridge.pair (
    id text collate "C" primary key,
    link_id text collate "C" not null,
    replica_set text collate "C" not null,
    unid text collate "C",
    record_id text collate "C" not null,
    entity text collate "C" not null,
    form text not null,
    key text collate "C",
    born_in text not null check (born_in in ('notes', 'handbook')),
    status text not null
      check (status in ('new', 'live', 'withheld', 'withdrawn', 'missing', 'detached', 'tombstone')),
    reason text,
    base json not null default '{}',
    base_mapping text not null default '',
    seen_notes text,
    seen_settled boolean not null,
    notes_sight text not null,
    synced_notes text,
    seen_handbook bigint not null,
    handbook_sight text not null,
    synced_handbook bigint not null default 0,
    pending boolean not null,
    blocked text,
    effects json not null default '[]',
    parent_key text collate "C",
    version bigint not null default 1
  ) with (fillfactor = 85)`,
  `create unique index pair_unid on bridge.pair (replica_set, unid) where unid is not null`,
  `create unique index pair_record on bridge.pair (record_id)`,
  `create index pair_key on bridge.pair (entity, key) where key is not null`,
  `create index pair_parent_key on bridge.pair (link_id, parent_key) where parent_key is not null`,
  `create index pair_runnable on bridge.pair (link_id, entity, id) where pending and blocked is null`,
  `create index pair_blocked on bridge.pair (link_id, blocked) where blocked is not null`,
  `create index pair_link on bridge.pair (link_id, id)`,
  `create table bridge.intent (
    op_id text collate "C" primary key,
    pair_id text collate "C" not null references bridge.pair (id),
    side text not null check (side in ('notes', 'handbook')),
    kind text not null check (kind in ('create', 'update', 'delete')),
    fields json not null,
    fence bigint not null,
    settles_at timestamptz not null
  )`,
  `create index intent_pair on bridge.intent (pair_id)`,
  `create table bridge.tombstone (
    record_id text collate "C" primary key,
    replica_set text collate "C" not null,
    unid text collate "C",
    entity text collate "C" not null,
    key text collate "C",
    evidence text not null,
    at timestamptz not null
  )`,
  `create index tombstone_unid on bridge.tombstone (replica_set, unid) where unid is not null`,
  `create index tombstone_key on bridge.tombstone (entity, key) where key is not null`,
];

export const pairs: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
