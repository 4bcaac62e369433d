import type { Mutation } from '../../members-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

/**
 * True for the first to send this mutation. A second sender waits here until the first one's transaction has ended and is then told
 * false, or true where that one was rolled back.
 */
export async function claimMutation(tx: HandbookTx, mutation: Mutation): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into handbook.mutation (client_id, mutation_id, account_id, kind, entity, record_id, base_version)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (client_id, mutation_id) do nothing`,
    [
      mutation.clientId,
      mutation.mutationId,
      mutation.accountId,
      mutation.kind,
      mutation.entity,
      mutation.recordId,
      mutation.baseVersion,
    ],
  );
  return rowCount === 1;
}
