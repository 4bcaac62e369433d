import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // What each link looked like at a minute; older rows are drawn together (step_seconds says how much one stands for).
  `create table bridge.link_sample (
    link_id text collate "C" not null,
    at timestamptz not null,
    step_seconds integer not null,
    to_handbook bigint not null,
    to_notes bigint not null,
    waiting_handbook bigint not null,
    waiting_notes bigint not null,
    lag_seconds double precision,
    conflicts bigint not null,
    quarantined bigint not null,
    withheld bigint not null,
    failures integer not null,
    watermark text,
    journal_sequence bigint not null,
    primary key (link_id, at)
  )`,
  `create index link_sample_at on bridge.link_sample (at)`,
  // Passes that did something, failed or took long enough to be seen; an idle round leaves no row.
  `create table bridge.pass (
    pass_id text collate "C" primary key,
    link_id text collate "C" not null,
    kind text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    finished_at timestamptz,
    outcome text,
    phase text,
    done bigint,
    estimated bigint,
    counts json not null default '{}',
    calls bigint not null default 0,
    writes bigint not null default 0,
    bytes bigint not null default 0
  )`,
  `create index pass_link on bridge.pass (link_id, started_at desc)`,
  `create index pass_started on bridge.pass (started_at)`,
  // Four eyes: who asked for a release that a second person has to confirm.
  `create table bridge.release_request (
    preview_id text collate "C" primary key references bridge.preview (id) on delete cascade,
    link_id text collate "C" not null,
    asked_by text not null,
    at timestamptz not null,
    reason text not null
  )`,
  `create index journal_at on bridge.journal (at desc)`,
  `create index journal_record on bridge.journal (record_id, sequence) where record_id is not null`,
];

export const watch: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
