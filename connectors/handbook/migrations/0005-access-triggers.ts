import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  /*
   * Whatever statement writes a record, its audience is what the rules say. Tokens: `e` everyone, `m` the member it belongs to, `w` an
   * organisation whose secretary and committees see it, `s` an organisation at or under which everyone sees it.
   */
  `create function handbook.set_access() returns trigger language plpgsql as $$
  declare
    rule handbook.access_rule;
    setting handbook.access_setting;
    within text[] := '{}';
    before text[] := '{}';
  begin
    select * into setting from handbook.access_setting;
    if tg_op = 'UPDATE' then
      before := old.audience_ever;
      if new.access_version = setting.version and new.state = old.state and new.fields = old.fields then return new; end if;
    end if;
    new.access_version := setting.version;
    new.sort_key := ''; new.search := ''; new.search_text := ''; new.parent_key := null;
    if new.state <> 'live' then return new; end if;
    select * into rule from handbook.access_rule where entity = new.entity;
    if not found then new.audience := '{}'; return new; end if;
    select new.fields ->> through_field into new.parent_key from handbook.access_rule where through_entity = new.entity;
    if new.entity = setting.tree_entity then new.parent_key := new.fields ->> setting.parent_field; end if;
    if rule.within_entity is null then
      within := handbook.texts(new.fields -> rule.within_field);
    else
      new.parent_key := new.fields ->> rule.within_field;
      select coalesce(array_agg(code), '{}') into within
        from handbook.record parent, unnest(handbook.texts(parent.fields -> rule.within_entity_field)) as code
       where parent.entity = rule.within_entity and parent.state = 'live'
         and parent.key = new.parent_key;
    end if;
    new.audience := array(
      select handbook.audience_token('e', '') where rule.everyone
      union select handbook.audience_token('m', code) from unnest(handbook.texts(new.fields -> rule.owner_field)) as code
      union select handbook.audience_token('w', code) from unnest(within) as code
      union select handbook.audience_token('s', code) from unnest(handbook.texts(new.fields -> rule.scope_field)) as code);
    new.audience_ever := array(select unnest(before) union select unnest(new.audience));
    new.sort_key := coalesce(handbook.sort_key(new.fields ->> rule.sort_field, rule.sort_by_name), '');
    new.search_text := coalesce((select string_agg(handbook.lowered(text), ' ' order by place)
      from unnest(rule.search_fields) with ordinality as wanted (field, place), unnest(handbook.texts(new.fields -> field)) as text), '');
    new.search := to_tsvector('simple', handbook.words(new.search_text));
    return new;
  end $$`,
  `create trigger set_access before insert or update on handbook.record for each row execute function handbook.set_access()`,
  // Those who lose sight of a record because the one that it hangs on moved must be told, so it goes to the end of the feed as well.
  `create function handbook.follow_access() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and new.state <> 'live' then
      delete from handbook.record_history where record_id = new.record_id and new.state in ('deleted', 'withdrawn');
    elsif tg_op = 'UPDATE' and old.state = 'live' and new.version > old.version then
      insert into handbook.record_history (record_id, version, changes, audience)
      select new.record_id, new.version, changes, new.audience
        from (select jsonb_object_agg(field, jsonb_build_object('from', coalesce(old.fields -> field, 'null'), 'to', coalesce(new.fields -> field, 'null'))) as changes
                from jsonb_object_keys(old.fields || new.fields) as field
               where old.fields -> field is distinct from new.fields -> field) as differing
       where changes is not null
      on conflict do nothing;
    end if;
    if exists (select from handbook.access_rule where through_entity = new.entity)
       and (tg_op = 'INSERT' or new.state <> old.state or new.audience <> old.audience or new.parent_key is distinct from old.parent_key) then
      perform handbook.tell_parent(new.entity, new.parent_key, '{}');
      if tg_op = 'UPDATE' then perform handbook.tell_parent(old.entity, old.parent_key, old.audience); end if;
    end if;
    if tg_op = 'INSERT' and new.key is null then return null; end if;
    if exists (select from handbook.access_rule where within_entity = new.entity)
       and (tg_op = 'INSERT' or new.state <> old.state or new.fields <> old.fields or new.key is distinct from old.key) then
      with moved as (
        update handbook.record child set access_version = -1
          from handbook.access_rule rule
         where rule.within_entity = new.entity and child.entity = rule.entity and child.state = 'live'
           and child.parent_key in (new.key, case when tg_op = 'UPDATE' then old.key end)
        returning child.record_id)
      update handbook.feed
         set position = nextval(pg_get_serial_sequence('handbook.feed', 'position')), xid = pg_current_xact_id(), at = now()
       where record_id in (select record_id from moved);
    end if;
    return null;
  end $$`,
  // `lost`: who may have seen the record above through this one.
  `create function handbook.tell_parent(child text, parent text, lost text[]) returns void language plpgsql as $$
  begin
    if parent is null then return; end if;
    update handbook.record set audience_ever = array(select unnest(audience_ever) union select unnest(lost))
     where lost <> '{}' and key = parent and entity in (select entity from handbook.access_rule where through_entity = child);
    update handbook.feed
       set position = nextval(pg_get_serial_sequence('handbook.feed', 'position')), xid = pg_current_xact_id(), at = now()
     where record_id in (select record_id from handbook.record
       where key = parent and state = 'live' and entity in (select entity from handbook.access_rule where through_entity = child));
  end $$`,
  `create trigger follow_access after insert or update on handbook.record for each row execute function handbook.follow_access()`,
  /*
   * The tokens that a person holds today; null for somebody who is not active: no live record of theirs, a status that is not one of the active
   * ones, a secretary of another cell than the own one, a committee that is not in force. The tree is walked through what is in force today.
   */
  `create function handbook.tokens_of(role text, member_key text, organisation text, today date) returns text[] language plpgsql stable as $$
  declare
    setting handbook.access_setting;
    cell text;
    own text[] := '{}';
    down text[] := '{}';
    up text[];
  begin
    select * into setting from handbook.access_setting;
    if member_key is not null then
      select fields ->> setting.cell_field into cell from handbook.record
       where entity = setting.member_entity and key = member_key and state = 'live'
         and fields ->> setting.status_field = any(setting.active_statuses);
      if not found then return null; end if;
      own := array[handbook.audience_token('m', member_key)];
    end if;
    if role = 'secretary' then
      if organisation is distinct from cell then return null; end if;
      own := own || handbook.audience_token('w', cell);
    end if;
    if role = 'officer' then
      with recursive under (code) as (
        select key from handbook.record r where entity = setting.tree_entity and key = organisation and state = 'live'
           and handbook.in_force(r.fields, setting, today)
        union
        select r.key from under join handbook.record r
          on r.entity = setting.tree_entity and r.parent_key = under.code
         where handbook.in_force(r.fields, setting, today))
      select coalesce(array_agg(code), '{}') into down from under;
      if cardinality(down) = 0 then return null; end if;
      cell := organisation;
    end if;
    with recursive above (code, parent) as (
      select key, fields ->> setting.parent_field from handbook.record r
       where entity = setting.tree_entity and key = cell and state = 'live' and handbook.in_force(r.fields, setting, today)
      union
      select r.key, r.fields ->> setting.parent_field from above join handbook.record r
        on r.entity = setting.tree_entity and r.key = above.parent and r.state = 'live'
       where handbook.in_force(r.fields, setting, today))
    select coalesce(array_agg(code), '{}') into up from above;
    return array(
      select handbook.audience_token('e', '') union select unnest(own)
      union select handbook.audience_token('w', code) from unnest(down) as code
      union select handbook.audience_token('s', code) from unnest(down || up) as code
      order by 1);
  end $$`,
];

const inForce = `create function handbook.in_force(fields jsonb, setting handbook.access_setting, today date) returns boolean
  language sql stable as $$
    select coalesce(fields ->> setting.from_field <= today::text, true) and coalesce(fields ->> setting.to_field >= today::text, true)
  $$`;

export const accessTriggers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [inForce, ...statements]) await sql.raw(statement).execute(db);
  },
};
