import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statement = `alter table bridge.link add column announced json`;

export const announced: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(statement).execute(db);
  },
};
