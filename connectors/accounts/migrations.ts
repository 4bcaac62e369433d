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

/** Roles with an organisation, in both zones; after {@link accountMigrations} and {@link shownRecordMigrations}. Officers of before saw all. */
export function organisationMigrations(schema: string): Record<string, Migration> {
  return {
    'accounts-004-organisation': {
      async up(db: Kysely<unknown>): Promise<void> {
        const account = sql.id(schema, 'account');
        await sql`alter table ${account} drop constraint account_check`.execute(db);
        await sql`alter table ${account} add column organisation_code text`.execute(db);
        await sql`update ${account} set organisation_code = '*' where role = 'officer'`.execute(db);
        await sql`
          alter table ${account}
            add check ((role in ('member', 'secretary')) = (member_key is not null)),
            add check ((role in ('officer', 'secretary')) = (organisation_code is not null))`.execute(db);
        await sql`drop table if exists ${sql.id(schema, 'shown_record')}`.execute(db);
      },
    },
  };
}

/** Table `shown_record`, outside zone only, of which nothing is left afterwards; after {@link accountMigrations} of the same schema. */
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
