import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // What was done with one person's data, by whom and why: proof that it was, so it stays.
  `create table handbook.subject_request (
    request_id bigint primary key generated always as identity,
    at timestamptz not null default now(),
    kind text not null check (kind in ('export', 'erase')),
    member_key text collate "C" not null,
    by_account text not null,
    reason text not null,
    counts jsonb not null
  )`,
  `create index subject_request_of on handbook.subject_request (member_key)`,
  `create trigger only_append before update or delete on handbook.subject_request for each row execute function handbook.only_append()`,
  `create trigger only_append_whole before truncate on handbook.subject_request for each statement execute function handbook.only_append()`,
  `create index mutation_conflict_age on handbook.mutation (at) where result ->> 'kind' = 'conflict'`,
];

export const subjectRequests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
