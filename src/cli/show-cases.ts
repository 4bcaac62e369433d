import { z } from 'zod';
import { readAnswer } from './operation-request.ts';
import { type Column, renderTable } from './table.ts';

const conflictSchema = z.object({
  id: z.string(),
  linkId: z.string(),
  entity: z.string(),
  recordId: z.string(),
  field: z.string(),
  kind: z.string(),
  state: z.string(),
  at: z.string(),
});
type Conflict = z.infer<typeof conflictSchema>;
export const conflictsAnswer = z.object({ conflicts: z.array(conflictSchema) });

const CONFLICT_COLUMNS: readonly Column<Conflict>[] = [
  { title: 'id', text: (row) => row.id },
  { title: 'link', text: (row) => row.linkId },
  { title: 'state', text: (row) => row.state },
  { title: 'kind', text: (row) => row.kind },
  { title: 'entity', text: (row) => row.entity },
  { title: 'field', text: (row) => row.field },
  { title: 'record', text: (row) => row.recordId },
  { title: 'at', text: (row) => row.at },
];

/** Without values: a list is glanced at, and copied into tickets. `conflicts show` has them. */
export function showConflicts(result: unknown): string {
  const { conflicts } = readAnswer(conflictsAnswer, result);
  return conflicts.length === 0 ? 'No conflicts.\n' : renderTable(CONFLICT_COLUMNS, conflicts);
}

const quarantineSchema = z.object({
  id: z.string(),
  linkId: z.string(),
  form: z.string(),
  unid: z.string().nullable(),
  code: z.string(),
  detail: z.string(),
  at: z.string(),
});
type Quarantined = z.infer<typeof quarantineSchema>;
export const quarantineAnswer = z.object({ quarantined: z.array(quarantineSchema) });

const QUARANTINE_COLUMNS: readonly Column<Quarantined>[] = [
  { title: 'id', text: (row) => row.id },
  { title: 'link', text: (row) => row.linkId },
  { title: 'form', text: (row) => row.form },
  { title: 'unid', text: (row) => row.unid ?? '-' },
  { title: 'code', text: (row) => row.code },
  { title: 'at', text: (row) => row.at },
  { title: 'detail', text: (row) => row.detail },
];

export function showQuarantine(result: unknown): string {
  const { quarantined } = readAnswer(quarantineAnswer, result);
  return quarantined.length === 0 ? 'Nothing is set aside.\n' : renderTable(QUARANTINE_COLUMNS, quarantined);
}
