import type { ConflictRow } from '../../connectors/postgres/port.ts';
import { conflictResolve } from '../operations/conflict-resolve.ts';
import { OperationError } from '../operations/operation.ts';
import { journalEntry } from '../passes/journal-entry.ts';
import type { ReportAnswer } from '../sync/report-form.ts';
import type { ReportDeps } from './report-deps.ts';

export type Decision =
  | { readonly kind: 'decided' }
  /** Nothing came of it, and the person is told why. */
  | { readonly kind: 'refused'; readonly why: string }
  /** A pass had the document just now: the next round tries again. */
  | { readonly kind: 'later' };

/**
 * [NU3] Carries out a Notes user's choice by the same operation as an operator's, journalled with the Notes name. Who chooses what stands already has
 * only read it: that closes the question.
 */
export async function decideReport(
  { bridge }: ReportDeps,
  row: ConflictRow,
  answer: ReportAnswer & { readonly choice: 'notes' | 'handbook'; readonly savedBy: string },
  signal: AbortSignal,
): Promise<Decision> {
  const reason = answer.reason === '' ? 'Notes' : answer.reason;
  if (row.state === 'settled' && row.winner === answer.choice) {
    const { store, clock } = bridge.deps;
    await store.transaction(null, async (tx) => {
      await tx.closeConflicts([row.id], {
        state: 'resolved',
        choice: answer.choice,
        by: answer.savedBy,
        at: new Date(clock.now()).toISOString(),
      });
      await tx.appendJournal(row.linkId, [
        journalEntry(
          bridge.deps,
          { passId: row.id },
          {
            event: 'resolve',
            rule: 'NU3',
            pairId: row.pairId,
            recordId: row.recordId,
            unid: row.unid,
            fields: [row.field],
            by: answer.savedBy,
            reason,
          },
        ),
      ]);
    });
    return { kind: 'decided' };
  }
  try {
    await conflictResolve(bridge).run(
      { id: row.id, choose: answer.choice, reason },
      { by: answer.savedBy, signal, progress: () => undefined },
    );
    return { kind: 'decided' };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    if (error.code === 'busy' || error.code === 'unavailable') return { kind: 'later' };
    return { kind: 'refused', why: whyRefused(row) };
  }
}

function whyRefused(row: ConflictRow): string {
  if (row.kind === 'edit-against-delete')
    return 'Văn bản đã bị xóa: hãy khôi phục văn bản trong Notes, sửa đổi của đảng viên sẽ tự chuyển sang.';
  return 'Không thể chọn như vậy: trường này chỉ sửa được ở phía đang giữ giá trị. Hãy sửa trực tiếp văn bản gốc, hoặc chọn giá trị đang giữ để kết thúc.';
}
