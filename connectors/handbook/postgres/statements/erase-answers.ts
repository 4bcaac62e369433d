import type { HandbookTx } from '../handbook-sql.ts';

/** The stored answer to a mutation that met a conflict holds both values; afterwards it still says which fields, with nothing in them. */
export async function eraseAnswers(tx: HandbookTx, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await tx.query(
    `update handbook.mutation
        set result = jsonb_set(result, '{fields}',
              (select coalesce(jsonb_object_agg(field, '{"yours": null, "current": null}'::jsonb), '{}')
                 from jsonb_object_keys(result -> 'fields') as field))
      where record_id = any($1::text[]) and result ->> 'kind' = 'conflict'`,
    [recordIds],
  );
}
