import type { HandbookRecord } from '../../port.ts';
import type { Filter, ListQuery } from '../../readers-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';
import type { Sight } from './visible.ts';

type Chosen = Pick<ListQuery, 'key' | 'filters'>;

export interface ListPlace {
  readonly sort: string;
  readonly recordId: string;
}

export type ListRow = HandbookRecord & ListPlace;

/** Live records that the reader sees, in the order asked for, after `place`; one more than the limit tells that there are more. */
export async function selectList(
  tx: HandbookTx,
  sight: Sight,
  entity: string,
  query: Chosen & Pick<ListQuery, 'sort' | 'order' | 'limit'> & { readonly place: ListPlace | null },
): Promise<readonly ListRow[]> {
  const values: unknown[] = [...sight.values, entity];
  const conditions = chosen(values, query);
  const sort = query.sort === 'key' ? `coalesce(record.key, '')` : 'record.sort_key';
  if (query.place !== null) {
    const [place, id] = [values.push(query.place.sort), values.push(query.place.recordId)];
    conditions.push(
      `(${sort}, record.record_id) ${query.order === 'asc' ? '>' : '<'} ($${place}::text, $${id}::uuid)`,
    );
  }
  const { rows } = await tx.query<ListRow>(
    `select ${sight.columns}, ${sort} as sort from handbook.record as record
      where ${sight.visible} and record.entity = $3 ${and(conditions)}
      order by ${sort} ${query.order}, record.record_id ${query.order} limit $${values.push(query.limit + 1)}`,
    values,
  );
  return rows;
}

export async function selectCount(
  tx: HandbookTx,
  sight: Sight,
  entity: string,
  query: Chosen,
  limit: number,
): Promise<number> {
  const values: unknown[] = [...sight.values, entity];
  const conditions = chosen(values, query);
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::integer as count from (
       select from handbook.record as record where $2::jsonb is not null and ${sight.visible} and record.entity = $3 ${and(conditions)} limit $${values.push(limit)}
     ) as counted`,
    values,
  );
  return rows[0]?.count ?? 0;
}

function and(conditions: readonly string[]): string {
  return conditions.map((condition) => `and ${condition}`).join(' ');
}

function chosen(values: unknown[], { key, filters }: Chosen): string[] {
  const conditions = key === undefined ? [] : [`record.key = $${values.push(key)}`];
  return [...conditions, ...filters.map((filter) => condition(values, filter))];
}

/** Names of fields are values here, never part of the statement. */
function condition(values: unknown[], { field, is, value }: Filter): string {
  if (is === '=') {
    const scalar = values.push(JSON.stringify({ [field]: value }));
    const list = values.push(JSON.stringify({ [field]: [value] }));
    return `(record.fields @> $${scalar}::jsonb or record.fields @> $${list}::jsonb)`;
  }
  const name = values.push(field);
  const bound = values.push(value);
  return typeof value === 'number'
    ? `case when jsonb_typeof(record.fields -> $${name}) = 'number' then (record.fields ->> $${name})::numeric ${is} $${bound}::numeric end`
    : `(record.fields ->> $${name}) collate "C" ${is} $${bound}::text`;
}
