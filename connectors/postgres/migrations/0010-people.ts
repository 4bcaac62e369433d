import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

// What people decided is a few lines of a million.
const statement = `create index journal_people on bridge.journal (at desc) where by_person is not null`;

export const people: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(statement).execute(db);
  },
};
