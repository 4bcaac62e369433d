import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const tables = [
  // Who sees what, as data: written by the program when its rules differ from these. Without a rule nobody but a service sees an entity.
  `create table handbook.access_rule (
    entity text collate "C" primary key,
    everyone boolean not null,
    owner_field text,
    within_field text,
    within_entity text,
    within_entity_field text,
    scope_field text,
    through_entity text,
    through_field text,
    sort_field text,
    sort_by_name boolean not null,
    search_fields text[] not null
  )`,
  // salt: what is kept of who saw a record must not tell it by itself. cursor_key: cursors outlive the process.
  `create table handbook.access_setting (
    only_one boolean primary key default true check (only_one),
    version integer not null default 0,
    digest text not null default '',
    salt text not null default gen_random_uuid()::text || gen_random_uuid()::text,
    cursor_key text not null default gen_random_uuid()::text || gen_random_uuid()::text,
    tree_entity text not null default '', parent_field text not null default '',
    from_field text not null default '', to_field text not null default '',
    member_entity text not null default '', cell_field text not null default '',
    status_field text not null default '', active_statuses text[] not null default '{}'
  )`,
  `insert into handbook.access_setting default values`,
  // audience: tokens of those who may see the record now or, where it is not live, could see it last. audience_ever: all who ever could.
  `alter table handbook.record
    add column audience text[] not null default '{}',
    add column audience_ever text[] not null default '{}',
    add column access_version integer not null default 0,
    add column sort_key text collate "C" not null default '',
    add column search tsvector not null default '',
    add column search_text text not null default '',
    add column parent_key text collate "C",
    add check (state = 'live' or (sort_key = '' and search = '' and search_text = '' and parent_key is null))`,
  `create index record_audience on handbook.record using gin (audience)`,
  `create index record_search on handbook.record using gin (search)`,
  `create index record_sorted on handbook.record (entity, sort_key, record_id) where state = 'live'`,
  // The organisation above, or the record that another one's audience hangs on.
  `create index record_parent on handbook.record (entity, parent_key) where parent_key is not null`,
  // What a record was before; only while it is live.
  `create table handbook.record_history (
    record_id uuid not null references handbook.record,
    version bigint not null,
    at timestamptz not null default now(),
    changes jsonb not null,
    audience text[] not null,
    primary key (record_id, version)
  )`,
  `create index record_history_age on handbook.record_history (at)`,
];

const functions = [
  `create function handbook.audience_token(kind text, code text) returns text language sql stable as $$
    select substr(encode(sha256(convert_to(salt || kind || ':' || code, 'UTF8')), 'hex'), 1, 32) from handbook.access_setting
  $$`,
  // Without marks, in lower case. đ has no decomposition; every other Vietnamese letter is an ASCII letter and marks, wherever the tone stands.
  `create function handbook.fold(given text) returns text language sql immutable parallel safe as $$
    select lower(regexp_replace(normalize(translate(given, 'Đđ', 'dd'), NFD), '[\\u0300-\\u036f]', '', 'g'))
  $$`,
  `create function handbook.words(given text) returns text language sql immutable parallel safe as $$
    select trim(regexp_replace(handbook.fold(given), '[^a-z0-9\\u00b5-\\u1fff\\u2c00-\\uffff]+', ' ', 'g'))
  $$`,
  // In lower case with its marks: what ranks "Đào" above "Đạo" for who typed "đào".
  `create function handbook.lowered(given text) returns text language sql immutable parallel safe as $$
    select lower(normalize(translate(given, 'Đ', 'đ'), NFD))
  $$`,
  // Letters first (a ă â … d đ … o ô ơ … u ư), tones after them (ngang huyền hỏi ngã sắc nặng); compared by bytes.
  `create function handbook.vietnamese_order(given text) returns text language sql immutable parallel safe as $$
    select replace(replace(regexp_replace(handbook.lowered(given), '[\\u0300\\u0301\\u0303\\u0309\\u0323]', '', 'g'), U&'\\0306', '{'), 'đ', 'd{')
      || U&'\\0001' || translate(handbook.lowered(given), U&'\\0300\\0309\\0303\\0301\\0323', U&'\\E001\\E002\\E003\\E004\\E005')
  $$`,
  // Lists of people go by the given name, which is the last word.
  `create function handbook.sort_key(given text, by_name boolean) returns text language sql immutable parallel safe as $$
    select case when by_name
      then handbook.vietnamese_order(substring(trim(given) from '\\S+$')) || U&'\\0001'
        || handbook.vietnamese_order(regexp_replace(trim(given), '\\s*\\S+$', ''))
      else handbook.vietnamese_order(trim(given)) end
  $$`,
  // Null for what is no id, so that one statement answers for any text.
  `create function handbook.as_id(given text) returns uuid language sql immutable parallel safe as $$
    select case when given ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then given::uuid end
  $$`,
  // A text, or a list of texts.
  `create function handbook.texts(value jsonb) returns text[] language sql immutable parallel safe as $$
    select case jsonb_typeof(value)
      when 'array' then array(select jsonb_array_elements_text(value))
      when 'null' then '{}'
      else case when value is null or value #>> '{}' = '' then '{}' else array[value #>> '{}'] end end
  $$`,
];

export const access: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [...tables, ...functions]) await sql.raw(statement).execute(db);
  },
};
