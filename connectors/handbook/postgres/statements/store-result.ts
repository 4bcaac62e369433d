import type { Mutation, MutationResult } from '../../members-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

export async function storeResult(
  tx: HandbookTx,
  { clientId, mutationId }: Mutation,
  result: MutationResult,
): Promise<void> {
  await tx.query(
    'update handbook.mutation set result = $3::jsonb where client_id = $1 and mutation_id = $2',
    [clientId, mutationId, JSON.stringify(result)],
  );
}
