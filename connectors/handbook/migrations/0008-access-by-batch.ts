import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const functions = [
  // What audience_token gives, for who has the salt at hand: one look at the settings serves a whole record.
  `create function handbook.salted_token(salt text, kind text, code text) returns text language sql stable parallel safe as $$
    select substr(encode(sha256(convert_to(salt || kind || ':' || code, 'UTF8')), 'hex'), 1, 32)
  $$`,
  // A text, or a list of texts, as a list. Without a subquery, so that PostgreSQL puts it in place of the call.
  `create function handbook.as_list(value jsonb) returns jsonb language sql stable parallel safe as $$
    select case when jsonb_typeof(value) = 'array' then value
      when coalesce(value #>> '{}', '') = '' then '[]' else jsonb_build_array(value) end
  $$`,
  `create function handbook.tokens(salt text, kind text, codes jsonb) returns text[] language plpgsql stable parallel safe as $$
  begin
    if codes = '[]' then return '{}'; end if;
    if jsonb_array_length(codes) = 1 then return array[handbook.salted_token(salt, kind, codes ->> 0)]; end if;
    return array(select distinct handbook.salted_token(salt, kind, code) from jsonb_array_elements_text(codes) as code);
  end $$`,
  // As before, with simple expressions in place of queries wherever a field holds one text.
  `create or replace function handbook.set_access() returns trigger language plpgsql as $$
  declare
    rule record;
    within jsonb := '[]';
    before text[] := '{}';
    field text;
    part jsonb;
    found text := '';
  begin
    select s.version, s.salt, s.tree_entity, s.parent_field, r.*,
           (select t.through_field from handbook.access_rule t where t.through_entity = new.entity limit 1) as names_parent
      into rule
      from handbook.access_setting s left join handbook.access_rule r on r.entity = new.entity;
    if tg_op = 'UPDATE' then
      before := old.audience_ever;
      if new.access_version = rule.version and new.state = old.state and new.fields = old.fields then return new; end if;
    end if;
    new.access_version := rule.version;
    new.sort_key := ''; new.search := ''; new.search_text := ''; new.parent_key := null;
    if new.state <> 'live' then return new; end if;
    if rule.entity is null then new.audience := '{}'; return new; end if;
    new.parent_key := new.fields ->> rule.names_parent;
    if new.entity = rule.tree_entity then new.parent_key := new.fields ->> rule.parent_field; end if;
    if rule.within_entity is null then
      within := handbook.as_list(new.fields -> rule.within_field);
    else
      new.parent_key := new.fields ->> rule.within_field;
      -- The index holds hidden records, too.
      select handbook.as_list(parent.fields -> rule.within_entity_field) into within
        from handbook.record parent
       where parent.entity = rule.within_entity and parent.key = new.parent_key
         and parent.state in ('live', 'hidden') and parent.state = 'live';
      within := coalesce(within, '[]');
    end if;
    new.audience := handbook.tokens(rule.salt, 'm', handbook.as_list(new.fields -> rule.owner_field))
      || handbook.tokens(rule.salt, 'w', within)
      || handbook.tokens(rule.salt, 's', handbook.as_list(new.fields -> rule.scope_field));
    if rule.everyone then new.audience := new.audience || handbook.salted_token(rule.salt, 'e', ''); end if;
    if before <@ new.audience then new.audience_ever := new.audience;
    elsif before @> new.audience then new.audience_ever := before;
    else new.audience_ever := array(select unnest(before) union select unnest(new.audience)); end if;
    if rule.sort_field is not null then
      new.sort_key := coalesce(handbook.sort_key(new.fields ->> rule.sort_field, rule.sort_by_name), '');
    end if;
    foreach field in array rule.search_fields loop
      part := handbook.as_list(new.fields -> field);
      if jsonb_array_length(part) = 1 then found := found || ' ' || (part ->> 0);
      elsif part <> '[]' then
        found := found || ' ' || coalesce((select string_agg(text, ' ') from jsonb_array_elements_text(part) as text), '');
      end if;
    end loop;
    if found <> '' then
      new.search_text := handbook.lowered(substr(found, 2));
      new.search := to_tsvector('simple', handbook.words(new.search_text));
    end if;
    return new;
  end $$`,
  // To the end of the feed. What is there already in this transaction stays: all of it is seen at once.
  `create function handbook.tell(ids uuid[]) returns void language plpgsql as $$
  begin
    if ids is null then return; end if;
    perform from handbook.feed where record_id = any(ids) order by record_id for update;
    update handbook.feed
       set position = nextval(pg_get_serial_sequence('handbook.feed', 'position')), xid = pg_current_xact_id(), at = now()
     where record_id = any(ids) and xid <> pg_current_xact_id();
  end $$`,
  // Live records that hang on one of these: their audience is made anew.
  `create function handbook.follow_parents(parents text[], keys text[]) returns void language plpgsql as $$
  declare ids uuid[];
  begin
    select array_agg(child.record_id order by child.record_id) into ids
      from (select distinct rule.entity, key
              from unnest(parents, keys) as above (parent, key) join handbook.access_rule rule on rule.within_entity = parent
             where key is not null) as above,
           lateral (select record_id from handbook.record r
                     where r.entity = above.entity and r.parent_key = above.key and r.state = 'live' offset 0) as child;
    if ids is null then return; end if;
    update handbook.record set access_version = -1 where record_id = any(ids);
    perform handbook.tell(ids);
  end $$`,
  // The records above these, which are seen through them. \`lost\` (texts as JSON): who may have seen the one above through this one.
  `create function handbook.tell_parents(children text[], keys text[], lost jsonb[]) returns void language plpgsql as $$
  declare ids uuid[];
  begin
    with above as (
      select rule.entity, key, jsonb_agg(tokens) as lost
        from unnest(children, keys, lost) as below (child, key, tokens)
        join handbook.access_rule rule on rule.through_entity = child
       where key is not null group by 1, 2),
    owned as (
      select r.record_id, above.lost, r.state
        from above, lateral (select record_id, state from handbook.record r
          where r.entity = above.entity and r.key = above.key and r.state in ('live', 'hidden') offset 0) as r),
    marked as (
      update handbook.record r
         set audience_ever = array(select unnest(r.audience_ever) union
               select jsonb_array_elements_text(tokens) from jsonb_array_elements(owned.lost) as tokens)
        from owned where r.record_id = owned.record_id and owned.lost @? '$[*][*]'),
    buried as (
      update handbook.record r
         set audience_ever = array(select unnest(r.audience_ever) union
               select jsonb_array_elements_text(tokens) from jsonb_array_elements(above.lost) as tokens)
        from above
       where r.entity = above.entity and r.key = above.key and r.state = 'deleted' and above.lost @? '$[*][*]')
    select array_agg(record_id) filter (where state = 'live') into ids from owned;
    perform handbook.tell(ids);
  end $$`,
];

const triggers = [
  // Of deleted records, which nothing else finds by key.
  `create index record_deleted_key on handbook.record (entity, key) where state = 'deleted'`,
  `create function handbook.follow_inserted() returns trigger language plpgsql as $$
  declare entities text[]; keys text[];
  begin
    select array_agg(entity), array_agg(parent_key) into entities, keys
      from (select distinct n.entity, n.parent_key from fresh n
             where n.parent_key is not null and n.entity in (select through_entity from handbook.access_rule)) as below;
    if entities is not null then
      perform handbook.tell_parents(entities, keys, array_fill('[]'::jsonb, array[cardinality(keys)]));
    end if;
    select array_agg(entity), array_agg(key) into entities, keys
      from fresh n where n.key is not null and n.entity in (select within_entity from handbook.access_rule);
    if entities is not null then perform handbook.follow_parents(entities, keys); end if;
    return null;
  end $$`,
  // Those who lose sight of a record because the one that it hangs on moved must be told, so it goes to the end of the feed as well.
  `create function handbook.follow_updated() returns trigger language plpgsql as $$
  declare entities text[]; keys text[]; lost jsonb[];
  begin
    delete from handbook.record_history h using fresh n
     where h.record_id = n.record_id and n.state in ('deleted', 'withdrawn');
    insert into handbook.record_history (record_id, version, changes, audience)
    select record_id, version, changes, audience
      from (select n.record_id, n.version, n.audience,
                   (select jsonb_object_agg(field, jsonb_build_object('from', coalesce(o.fields -> field, 'null'), 'to', coalesce(n.fields -> field, 'null')))
                      from jsonb_object_keys(o.fields || n.fields) as field
                     where o.fields -> field is distinct from n.fields -> field) as changes
              from fresh n join former o using (record_id)
             where n.state = 'live' and o.state = 'live' and n.version > o.version) as differing
     where changes is not null
    on conflict do nothing;
    select array_agg(entity), array_agg(key), array_agg(tokens) into entities, keys, lost
      from (select n.entity, unnest(array[n.parent_key, o.parent_key]) as key, unnest(array['[]', to_jsonb(o.audience)]) as tokens
              from fresh n join former o using (record_id)
             where (n.state <> o.state or n.audience <> o.audience or n.parent_key is distinct from o.parent_key)
               and n.entity in (select through_entity from handbook.access_rule)) as below
     where key is not null;
    if entities is not null then perform handbook.tell_parents(entities, keys, lost); end if;
    select array_agg(entity), array_agg(key) into entities, keys
      from (select n.entity, unnest(array[n.key, o.key]) as key
              from fresh n join former o using (record_id)
             where (n.state <> o.state or n.fields <> o.fields or n.key is distinct from o.key)
               and n.entity in (select within_entity from handbook.access_rule)) as above
     where key is not null;
    if entities is not null then perform handbook.follow_parents(entities, keys); end if;
    return null;
  end $$`,
  `drop trigger follow_access on handbook.record`,
  `drop function handbook.follow_access()`,
  `drop function handbook.tell_parent(text, text, text[])`,
  `create trigger follow_inserted after insert on handbook.record
    referencing new table as fresh for each statement execute function handbook.follow_inserted()`,
  `create trigger follow_updated after update on handbook.record
    referencing old table as former new table as fresh for each statement execute function handbook.follow_updated()`,
];

/** What hangs on a record follows it once for each statement and not once for each row: a first synchronisation writes hundreds at once. */
export const accessByBatch: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [...functions, ...triggers]) await sql.raw(statement).execute(db);
  },
};
