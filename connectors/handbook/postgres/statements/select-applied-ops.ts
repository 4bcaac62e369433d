import type { OpOutcome } from '../apply/plan-op.ts';
import type { HandbookTx } from '../handbook-sql.ts';

interface AppliedOpRow {
  readonly opId: string;
  readonly kind: OpOutcome['kind'];
  readonly version: number;
  readonly holder: string | null;
}

/** Outcomes of those ops that were applied before, by op id. */
export async function selectAppliedOps(
  tx: HandbookTx,
  opIds: readonly string[],
): Promise<ReadonlyMap<string, OpOutcome>> {
  const { rows } = await tx.query<AppliedOpRow>(
    `select op_id as "opId", kind, version, holder from handbook.applied_op where op_id = any($1::text[])`,
    [opIds],
  );
  return new Map(rows.map((row) => [row.opId, toOutcome(row)]));
}

function toOutcome({ kind, version, holder }: AppliedOpRow): OpOutcome {
  return kind === 'duplicate-key' ? { kind, recordId: holder ?? '' } : { kind, version };
}
