import type { Mutation, MutationResult } from '../../members-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

/** The stored answer; null when there is no such mutation. */
export async function selectResult(
  tx: HandbookTx,
  { clientId, mutationId }: Mutation,
): Promise<MutationResult | null> {
  const { rows } = await tx.query<{ result: MutationResult | null }>(
    'select result from handbook.mutation where client_id = $1 and mutation_id = $2',
    [clientId, mutationId],
  );
  return rows[0]?.result ?? null;
}
