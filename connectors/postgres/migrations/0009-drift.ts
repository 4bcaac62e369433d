import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table bridge.mapping_drift (
    link_id text not null references bridge.link on delete cascade,
    form text not null,
    item text not null,
    kind text not null,
    seen text not null,
    expected text not null,
    mapping text not null,
    notes bigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (link_id, form, item, kind, seen)
  )`,
];

export const drift: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
