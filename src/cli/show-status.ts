import { z } from 'zod';
import { readAnswer } from './operation-request.ts';
import { type Column, renderTable } from './table.ts';

const linkSchema = z.object({
  link: z.string(),
  health: z.string(),
  mode: z.string(),
  next: z.string(),
  pulledAt: z.string().nullable(),
  pushedAt: z.string().nullable(),
  sweptAt: z.string().nullable(),
  restoreDetection: z.string().default('marker'),
  counts: z.object({
    live: z.number(),
    pendingUpdates: z.number(),
    pendingDeletes: z.number(),
    withheld: z.number(),
    openConflicts: z.number(),
    quarantined: z.number(),
  }),
});
type LinkLine = z.infer<typeof linkSchema>;
export const statusAnswer = z.object({ links: z.array(linkSchema) });

const COLUMNS: readonly Column<LinkLine>[] = [
  { title: 'link', text: (row) => row.link },
  { title: 'health', text: (row) => row.health },
  { title: 'mode', text: (row) => row.mode },
  { title: 'pulled', text: (row) => minuteOf(row.pulledAt) },
  { title: 'pushed', text: (row) => minuteOf(row.pushedAt) },
  { title: 'swept', text: (row) => minuteOf(row.sweptAt) },
  { title: 'live', alignRight: true, text: ({ counts }) => String(counts.live) },
  { title: 'updates', alignRight: true, text: ({ counts }) => String(counts.pendingUpdates) },
  { title: 'deletes', alignRight: true, text: ({ counts }) => String(counts.pendingDeletes) },
  { title: 'withheld', alignRight: true, text: ({ counts }) => String(counts.withheld) },
  { title: 'conflicts', alignRight: true, text: ({ counts }) => String(counts.openConflicts) },
  { title: 'quarantined', alignRight: true, text: ({ counts }) => String(counts.quarantined) },
];

/** One line a link, then what a person should do about those that need one. */
export function showStatus(result: unknown): string {
  const { links } = readAnswer(statusAnswer, result);
  const steps = links.filter((row) => row.next !== '').map((row) => `${row.link}: ${row.next}\n`);
  const blind = links.filter((row) => row.restoreDetection === 'none').map((row) => row.link);
  if (blind.length > 0)
    steps.push(
      `A restored Notes file would not be noticed (the link may not mark it): ${blind.join(', ')}\n`,
    );
  return renderTable(COLUMNS, links) + (steps.length === 0 ? '' : `\n${steps.join('')}`);
}

/** UTC, as the server gives it; seconds tell an operator nothing. */
function minuteOf(instant: string | null): string {
  return instant === null ? 'never' : instant.replace(/:\d{2}(?:\.\d+)?Z$/, 'Z');
}
