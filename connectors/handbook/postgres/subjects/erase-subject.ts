import { createHash } from 'node:crypto';
import type { Erasable } from '../../subjects-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';
import { eraseAnswers } from '../statements/erase-answers.ts';
import { OWN_RECORDS } from './select-subject.ts';

/** Answers that still hold a value. */
const ANSWERS = `result ->> 'kind' = 'conflict' and exists (
  select from jsonb_each(result -> 'fields') as answered (field, said) where said <> '{"yours": null, "current": null}')`;

interface Counts {
  readonly records: number;
  readonly historyEntries: number;
  readonly storedAnswers: number;
  readonly heldRecords: number;
  readonly uploads: number;
  readonly recordsOfNotes: number;
  readonly readings: number;
  readonly mutations: number;
}

/** Null when no record is, or last was, the member's. */
export async function selectErasable(tx: HandbookTx, memberKey: string): Promise<Erasable | null> {
  const { rows } = await tx.query<Counts>(
    `with own as materialized (${OWN_RECORDS})
     select (select count(*) from own)::integer as records,
            (select count(*) from handbook.record_history where record_id in (select * from own))::integer as "historyEntries",
            (select count(*) from handbook.mutation where record_id in (select record_id::text from own) and ${ANSWERS})::integer as "storedAnswers",
            (select count(*) from handbook.record where record_id in (select * from own) and held <> '{}')::integer as "heldRecords",
            (select count(*) from handbook.upload where member_key = $1)::integer as uploads,
            (select count(*) from handbook.record where record_id in (select * from own) and state in ('live', 'hidden'))::integer as "recordsOfNotes",
            (select count(*) from handbook.read_audit where record_ids && array(select * from own))::integer as readings,
            (select count(*) from handbook.mutation where record_id in (select record_id::text from own))::integer as mutations`,
    [memberKey],
  );
  const counts = rows[0];
  if (counts === undefined || counts.records === 0) return null;
  const { historyEntries, storedAnswers, heldRecords, uploads, recordsOfNotes, readings, mutations } = counts;
  const erases = { historyEntries, storedAnswers, heldRecords, uploads };
  const approve = createHash('sha256')
    .update(JSON.stringify([memberKey, erases]))
    .digest('hex')
    .slice(0, 12);
  return { memberKey, approve, erases, stays: { recordsOfNotes, readings, mutations } };
}

/** The member's former values, values in stored answers, sealed words, and files. */
export async function eraseSubject(tx: HandbookTx, memberKey: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `select record_id as id from handbook.record where record_id in (${OWN_RECORDS}) order by record_id for update`,
    [memberKey],
  );
  const ids = rows.map(({ id }) => id);
  await tx.query('delete from handbook.record_history where record_id = any($1::uuid[])', [ids]);
  await tx.query(
    `update handbook.record set held = '{}' where record_id = any($1::uuid[]) and held <> '{}'`,
    [ids],
  );
  await eraseAnswers(tx, ids);
  await tx.query('delete from handbook.upload where member_key = $1', [memberKey]);
}
