import type { HandbookTx } from '../handbook-sql.ts';

/** Live and hidden. */
export async function countRecords(tx: HandbookTx, entities: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) as count from handbook.record where entity = any($1::text[]) and state in ('live', 'hidden')`,
    [entities],
  );
  return rows[0]?.count ?? 0;
}
