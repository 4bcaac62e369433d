import { keyId } from '../apply/plan-op.ts';
import type { HandbookTx } from '../handbook-sql.ts';

interface EntityKey {
  readonly entity: string;
  readonly key: string;
}

/** Which live or hidden record owns each key; keys that nobody owns are left out. */
export async function selectKeyHolders(
  tx: HandbookTx,
  keys: readonly EntityKey[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await tx.query<EntityKey & { readonly recordId: string }>(
    `select record_id as "recordId", entity, key
       from handbook.record
       join (select distinct entity, key from unnest($1::text[], $2::text[]) as claimed (entity, key)) as claimed using (entity, key)
      where state in ('live', 'hidden')`,
    [keys.map(({ entity }) => entity), keys.map(({ key }) => key)],
  );
  return new Map(rows.map(({ entity, key, recordId }) => [keyId(entity, key), recordId]));
}
