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

/** Reports in Notes; a set of its own, so that it grows beside the others. */
export const reportMigrations: Readonly<Record<string, Migration>> = {
  '0001-reports': {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  },
};
