import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  // One row for each request that was answered with somebody else's records: who, which, when, how. Never what they say.
  `create table handbook.read_audit (
    audit_id bigint primary key generated always as identity,
    at timestamptz not null default now(),
    account_id text not null,
    role text not null,
    member_key text collate "C",
    operation text not null check (operation in ('get', 'history', 'list', 'search', 'feed', 'blob', 'mutate')),
    record_ids uuid[] not null check (cardinality(record_ids) > 0)
  )`,
  `create index read_audit_of_record on handbook.read_audit using gin (record_ids)`,
  `create index read_audit_age on handbook.read_audit (at)`,
  // Retention alone deletes, and says so in its transaction; nothing changes a row.
  `create function handbook.only_append() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' and current_setting('handbook.retention', true) = 'on' then return old; end if;
    raise exception 'handbook.% is append-only', tg_table_name;
  end $$`,
  `create trigger only_append before update or delete on handbook.read_audit for each row execute function handbook.only_append()`,
  `create trigger only_append_whole before truncate on handbook.read_audit for each statement execute function handbook.only_append()`,
];

export const readAudit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
