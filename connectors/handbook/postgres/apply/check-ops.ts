import { type HandbookOp, HandbookError } from '../../port.ts';
import { isRecordId } from '../record-row.ts';
import { isStorable } from '../storable.ts';

const MOST_OPS = 500;

/** Throws `bad-request` for what no correct caller sends; says which op, never what is in it. */
export function checkOps(ops: readonly HandbookOp[]): void {
  if (ops.length < 1 || ops.length > MOST_OPS) {
    throw new HandbookError('bad-request', `A batch has 1 to ${MOST_OPS} ops, this one has ${ops.length}`);
  }
  const records = new Map<string, string>();
  for (const op of ops) {
    if (!isRecordId(op.recordId)) {
      throw new HandbookError('bad-request', `Op "${op.opId}": recordId must be a UUID in lower case`);
    }
    if (!isStorable(op)) {
      throw new HandbookError(
        'bad-request',
        `Op "${op.opId}" holds text that PostgreSQL cannot store (a zero byte or half a character)`,
      );
    }
    const opened = records.get(op.opId);
    if (opened !== undefined && opened !== op.recordId) {
      throw new HandbookError('bad-request', `Op id "${op.opId}" is used for two records`);
    }
    records.set(op.opId, op.recordId);
  }
}
