import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statement = `alter table bridge.link add column mappings_known text, add column mapping_changed boolean not null default false`;

export const mappings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(statement).execute(db);
  },
};
