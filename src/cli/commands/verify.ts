import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type Registrar } from '../add-command.ts';
import { EXIT } from '../exit-codes.ts';
import { readAnswer } from '../operation-request.ts';
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

export function addVerify(parent: Command, registrar: Registrar): void {
  addCommand<{ readonly link?: string }>(parent, registrar, {
    syntax: 'verify',
    summary: 'Compare both sides field by field and change nothing',
    details:
      'Reads both sides afresh, through the same release gate as everything else. Values are never shown.',
    options: (command) => {
      command.option('--link <LINK>', 'only this link (default: all)');
    },
    examples: ['verify', 'verify --link dang-vien --json'],
    exits: { 0: 'both sides agree', 1: 'there are differences, or it failed' },
    ask: ({ link }) => ({
      operation: 'verify',
      args: { link },
      show: showVerify,
      exitOf: (result) => (readAnswer(verifyAnswer, result).differences.length === 0 ? EXIT.ok : EXIT.failed),
    }),
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
