import { z } from 'zod';
import { readAnswer } from './operation-request.ts';
import { TYPED } from './shell.ts';
import { type Column, renderTable } from './table.ts';
import { printable } from './terminal-text.ts';

const entrySchema = z.object({
  recordId: z.string(),
  unid: z.string().nullable(),
  entity: z.string(),
  event: z.string(),
  rule: z.string(),
  fields: z.array(z.string()),
});
type Entry = z.infer<typeof entrySchema>;
const previewSchema = z.object({
  id: z.string(),
  link: z.string(),
  lane: z.string(),
  at: z.string(),
  events: z.record(z.string(), z.number()),
  decidedBy: z.string().nullable(),
  entries: z.array(entrySchema).default([]),
});
export const previewAnswer = z.object({ previews: z.array(previewSchema) });

const COLUMNS: readonly Column<Entry>[] = [
  { title: 'event', text: (row) => row.event },
  { title: 'rule', text: (row) => row.rule },
  { title: 'entity', text: (row) => row.entity },
  { title: 'fields', text: (row) => row.fields.join(', ') || '-' },
  { title: 'unid', text: (row) => row.unid ?? '-' },
  { title: 'record', text: (row) => row.recordId },
];

/** Every preview with its counts, its full list and what to type to approve it. */
export function showPreviews(result: unknown): string {
  return readAnswer(previewAnswer, result).previews.map(showPreview).join('\n');
}

function showPreview({
  id,
  link,
  lane,
  at,
  events,
  decidedBy,
  entries,
}: z.infer<typeof previewSchema>): string {
  const counts = Object.entries(events).map(([event, count]) => `${count} ${printable(event)}`);
  const head = `Preview ${printable(id)} of link ${printable(link)} (${printable(lane)}), ${printable(at)}: ${counts.join(', ') || 'nothing to do'}\n`;
  const list = entries.length === 0 ? '' : `\n${renderTable(COLUMNS, entries)}`;
  return head + list + decision(id, lane, decidedBy);
}

function decision(id: string, lane: string, decidedBy: string | null): string {
  if (decidedBy !== null) return `\nDecided by ${printable(decidedBy)}.\n`;
  // A list that somebody asked for stops nothing, so there is nothing to approve.
  return lane === 'manual' ? '' : `\nApprove it: ${TYPED} sync --once --accept-preview ${printable(id)}\n`;
}
