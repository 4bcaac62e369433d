import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table bridge.report (
    conflict_id text collate "C" primary key,
    link_id text collate "C" not null,
    unid text collate "C"
  )`,
  `create index report_link on bridge.report (link_id)`,
];

const alertStatements = [
  `create table bridge.alert (
    key text collate "C" primary key,
    title text not null,
    since bigint not null,
    told json not null
  )`,
];

/** Reports in Notes and alerts to operators; a set of its own, so that it grows beside the others. */
export const reportMigrations: Readonly<Record<string, Migration>> = {
  '0001-reports': {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  },
  '0002-alerts': {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const statement of alertStatements) await sql.raw(statement).execute(db);
    },
  },
};
