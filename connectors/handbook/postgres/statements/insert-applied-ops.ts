import type { OpOutcome } from '../apply/plan-op.ts';
import type { HandbookTx } from '../handbook-sql.ts';

export async function insertAppliedOps(
  tx: HandbookTx,
  applied: readonly {
    readonly op: { readonly opId: string; readonly recordId: string };
    readonly outcome: OpOutcome;
  }[],
): Promise<void> {
  if (applied.length === 0) return;
  await tx.query(
    `insert into handbook.applied_op (op_id, record_id, kind, version, holder)
     select * from unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::uuid[])`,
    [
      applied.map(({ op }) => op.opId),
      applied.map(({ op }) => op.recordId),
      applied.map(({ outcome }) => outcome.kind),
      applied.map(({ outcome }) => (outcome.kind === 'duplicate-key' ? 0 : outcome.version)),
      applied.map(({ outcome }) => (outcome.kind === 'duplicate-key' ? outcome.recordId : null)),
    ],
  );
}
