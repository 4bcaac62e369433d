import type { JournalRow } from '../port.ts';
import type { SqlExecutor } from '../pool/sql-pool.ts';
import { isoOf } from '../store/instant.ts';
import type { JournalFilter } from '../watch-port.ts';

type StoredRow = Omit<JournalRow, 'at'> & { readonly at: Date };

export async function searchJournal(db: SqlExecutor, filter: JournalFilter): Promise<readonly JournalRow[]> {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const where = (condition: (place: string) => string, value: unknown) => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  if (filter.linkId !== null) where((place) => `j.link_id = ${place}`, filter.linkId);
  if (filter.event !== null) where((place) => `j.event = ${place}`, filter.event);
  if (filter.by !== null) where((place) => `j.by_person = ${place}`, filter.by);
  if (filter.people) conditions.push('j.by_person is not null');
  if (filter.from !== null) where((place) => `j.at >= ${place}`, filter.from);
  if (filter.to !== null) where((place) => `j.at < ${place}`, filter.to);
  if (filter.about !== null)
    where(
      (place) =>
        `(j.pair_id = ${place} or j.record_id = ${place} or j.unid = upper(${place}) or j.pass_id = ${place})`,
      filter.about,
    );
  if (filter.before !== null) {
    const { at, linkId, sequence } = filter.before;
    values.push(at, linkId, sequence);
    const [a, l, s] = [values.length - 2, values.length - 1, values.length];
    conditions.push(
      `(j.at < $${a} or (j.at = $${a} and (j.link_id < $${l} or (j.link_id = $${l} and j.sequence < $${s}))))`,
    );
  }
  values.push(filter.limit);
  const { rows } = await db.query<StoredRow>(
    `select j.link_id as "linkId", j.sequence, j.at, j.pass_id as "passId", j.pair_id as "pairId",
       j.record_id as "recordId", j.unid, j.event, j.rule, j.fields, j.digest, j.by_person as "by", j.reason,
       j.previous_hash as "previousHash", j.hash
     from bridge.journal j ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by j.at desc, j.link_id desc, j.sequence desc limit $${values.length}`,
    values,
  );
  return rows.map((row) => ({ ...row, at: isoOf(row.at) }));
}
