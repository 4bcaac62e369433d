import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type Registrar } from '../add-command.ts';
import { EXIT } from '../exit-codes.ts';
import { readAnswer } from '../operation-request.ts';
import { TYPED } from '../shell.ts';
import { renderTable } from '../table.ts';
import { printable } from '../terminal-text.ts';

const differenceSchema = z.object({
  link: z.string(),
  recordId: z.string().nullish(),
  unid: z.string().nullish(),
  entity: z.string().nullish(),
  kind: z.enum(['value', 'missing', 'extra']),
  side: z.string().nullish(),
  field: z.string().nullish(),
});
export const verifyAnswer = z.object({
  compared: z.number(),
  differences: z.array(differenceSchema),
  explained: z.record(z.string(), z.number()).default({}),
});

const COLUMNS = ['link', 'kind', 'side', 'entity', 'field', 'recordId', 'unid'] as const;
const TITLES: Partial<Record<(typeof COLUMNS)[number], string>> = { recordId: 'record' };

const repairAnswer = z.object({
  repairs: z.array(
    z.object({
      link: z.string(),
      differences: z.number(),
      preview: z.string().nullable(),
      entries: z.array(z.object({ event: z.string() })),
      unbound: z.number(),
    }),
  ),
});

export function addVerify(parent: Command, registrar: Registrar): void {
  addCommand<{ readonly link?: string; readonly repair?: true }>(parent, registrar, {
    syntax: 'verify',
    summary: 'Compare both sides field by field and change nothing',
    details:
      'Reads both sides afresh, through the same release gate as everything else. Values are never shown.',
    options: (command) => {
      command
        .option('--link <LINK>', 'only this link (default: all)')
        .option(
          '--repair',
          'list what the planner would do about the differences; accept it with "sync --once"',
        );
    },
    examples: ['verify', 'verify --link dang-vien --json', 'verify --repair --json'],
    exits: { 0: 'both sides agree', 1: 'there are differences, or it failed' },
    ask: ({ link, repair }) =>
      repair === true
        ? { operation: 'repair', args: { link }, show: showRepair }
        : {
            operation: 'verify',
            args: { link },
            show: showVerify,
            exitOf: (result) =>
              readAnswer(verifyAnswer, result).differences.length === 0 ? EXIT.ok : EXIT.failed,
          },
  });
}

function showVerify(result: unknown): string {
  const { compared, differences, explained } = readAnswer(verifyAnswer, result);
  const known = Object.entries(explained).map(([reason, count]) => `${count} ${printable(reason)}`);
  const rest = known.length === 0 ? '' : `Known already, and not counted: ${known.join(', ')}.\n`;
  if (differences.length === 0) return `Compared ${compared}: both sides agree.\n${rest}`;
  const columns = COLUMNS.map((name) => ({
    title: TITLES[name] ?? name,
    text: (row: z.infer<typeof differenceSchema>) => row[name] ?? '-',
  }));
  return `${renderTable(columns, differences)}\nCompared ${compared}: ${differences.length} differences.\n${rest}`;
}

function showRepair(result: unknown): string {
  return readAnswer(repairAnswer, result)
    .repairs.map(({ link, differences, preview, entries, unbound }) => {
      const head = `${link}: ${differences} differences, ${entries.length} effects would end them.`;
      const sweep = unbound === 0 ? '' : ` ${unbound} stand behind no known document: run ${TYPED} sweep.`;
      const next =
        preview === null
          ? ''
          : ` Read them: ${TYPED} preview --show ${preview}. Do them: ${TYPED} sync --once --accept-preview ${preview}`;
      return `${printable(head + sweep + next)}\n`;
    })
    .join('');
}
