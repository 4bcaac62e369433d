import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // What a member sent is not kept: it is in the record, in the stored answer (a conflict) or in what is held.
  `create table handbook.mutation (
    client_id text collate "C" not null,
    mutation_id text collate "C" not null,
    account_id text not null,
    kind text not null check (kind in ('create', 'update', 'delete')),
    entity text collate "C" not null,
    record_id text collate "C" not null,
    base_version bigint not null,
    result jsonb,
    at timestamptz not null default now(),
    primary key (client_id, mutation_id)
  )`,
  `create index mutation_of_record on handbook.mutation (record_id)`,
];

export const mutations: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
