import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table bridge.link add column active_instance text,
     add column wanted_instance text, add column suspect text, add column suspect_at timestamptz`,
  // One row for ever: what tells this bridge's marks in Notes from those of another bridge.
  `create table bridge.owner (
    only_one boolean primary key default true check (only_one),
    id text not null
  )`,
  `insert into bridge.owner (id) values (gen_random_uuid())`,
  `create table bridge.instance (
    link_id text collate "C" not null,
    instance_id text collate "C" not null,
    generation bigint not null,
    nonce text not null,
    coming text,
    unid text,
    marked_at timestamptz,
    trusted boolean not null default false,
    primary key (link_id, instance_id)
  )`,
];

export const instances: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
