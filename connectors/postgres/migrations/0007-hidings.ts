import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table bridge.intent drop constraint intent_kind_check`,
  `alter table bridge.intent add constraint intent_kind_check check (kind in ('create', 'update', 'delete', 'hide'))`,
];

export const hidings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
