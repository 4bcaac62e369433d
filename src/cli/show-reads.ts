import { z } from 'zod';
import { readAnswer } from './operation-request.ts';
import { type Column, renderTable } from './table.ts';

const readSchema = z.object({
  id: z.number(),
  at: z.string(),
  account: z.string().nullable(),
  accountId: z.string(),
  role: z.string(),
  memberKey: z.string().nullable(),
  operation: z.string(),
  recordIds: z.array(z.string()),
});
type Read = z.infer<typeof readSchema>;
export const readsAnswer = z.object({ reads: z.array(readSchema) });

const COLUMNS: readonly Column<Read>[] = [
  { title: 'id', alignRight: true, text: (row) => String(row.id) },
  { title: 'at', text: (row) => row.at },
  { title: 'account', text: (row) => row.account ?? row.accountId },
  { title: 'role', text: (row) => row.role },
  { title: 'as member', text: (row) => row.memberKey ?? '-' },
  { title: 'how', text: (row) => row.operation },
  { title: 'records', alignRight: true, text: (row) => String(row.recordIds.length) },
  { title: 'first record', text: (row) => row.recordIds[0] ?? '-' },
];

/** A feed's page names hundreds of records: `--json` has them all. */
export function showReads(result: unknown): string {
  const { reads } = readAnswer(readsAnswer, result);
  return reads.length === 0 ? 'No readings of other people’s records.\n' : renderTable(COLUMNS, reads);
}
