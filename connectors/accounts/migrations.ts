import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Tables `account` and `session` of one schema, which must exist. Run them with their own migration table (for example `account_migration`),
 * so that their order does not depend on other migrations of the schema.
 */
export function accountMigrations(schema: string): Record<string, Migration> {
  return {
    'accounts-001-account': {
      async up(db: Kysely<unknown>): Promise<void> {
        await sql`
          create table ${sql.id(schema, 'account')} (
            id uuid primary key,
            name text not null unique,
            role text not null,
            member_key text,
            password text not null,
            failures integer not null default 0,
            locked_until timestamptz,
            created_at timestamptz not null,
            check ((role = 'member') = (member_key is not null))
          )`.execute(db);
      },
    },
    'accounts-002-session': {
      async up(db: Kysely<unknown>): Promise<void> {
        await sql`
          create table ${sql.id(schema, 'session')} (
            token_digest bytea primary key,
            account_id uuid not null references ${sql.id(schema, 'account')} (id) on delete cascade,
            created_at timestamptz not null,
            expires_at timestamptz not null
          )`.execute(db);
        await sql`create index on ${sql.id(schema, 'session')} (account_id)`.execute(db);
        await sql`create index on ${sql.id(schema, 'session')} (expires_at)`.execute(db);
      },
    },
  };
}

/** Table `shown_record`, outside zone only; after {@link accountMigrations} of the same schema. */
export function shownRecordMigrations(schema: string): Record<string, Migration> {
  return {
    'accounts-003-shown-record': {
      async up(db: Kysely<unknown>): Promise<void> {
        await sql`
          create table ${sql.id(schema, 'shown_record')} (
            account_id uuid not null references ${sql.id(schema, 'account')} (id) on delete cascade,
            record_id text not null,
            primary key (account_id, record_id)
          )`.execute(db);
      },
    },
  };
}
