import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type Registrar } from '../add-command.ts';
import { UsageError } from '../exit-codes.ts';
import { readAnswer } from '../operation-request.ts';
import { TYPED } from '../shell.ts';
import { renderTable } from '../table.ts';

const COUNTS = [
  ['pulled', 'pulled'],
  ['pushed', 'pushed'],
  ['merged', 'merged'],
  ['conflicts', 'conflicts'],
  ['withheld', 'withheld'],
  ['quarantined', 'quarantined'],
  ['detached', 'detached'],
  ['missing', 'missing'],
  ['deleted', 'deleted'],
  ['pendingDeletes', 'pending deletes'],
] as const;

const count = z.number();
const linkSchema = z.object({
  link: z.string(),
  pulled: count,
  pushed: count,
  merged: count,
  conflicts: count,
  withheld: count,
  quarantined: count,
  detached: count,
  missing: count,
  deleted: count,
  pendingDeletes: count,
});
export const syncAnswer = z.object({ quiet: z.boolean(), links: z.array(linkSchema) });

interface Options {
  readonly once?: true;
  readonly link?: string;
  readonly acceptPreview?: string;
}

export function addSync(parent: Command, registrar: Registrar): void {
  addCommand<Options>(parent, registrar, {
    syntax: 'sync',
    summary: 'Bring both sides up to date once',
    details:
      'Goes through gathering, planning and applying until nothing is left to do now. A first run, or one that would change or delete very much, stops before its first effect and asks for the approval of a preview.',
    options: (command) => {
      command
        .option('--once', 'required: one run, then the command ends')
        .option('--link <LINK>', 'only this link (default: all)')
        .option('--accept-preview <ID>', 'the preview that a person has read and approves');
    },
    examples: [
      'sync --once',
      'sync --once --link dang-vien --json',
      'sync --once --link dang-vien --accept-preview 7f3a',
    ],
    exits: { 3: 'stopped before the first effect: a person must approve the preview that is named' },
    ask: (options) => {
      if (options.once !== true)
        throw new UsageError(
          'Say "sync --once". What keeps both sides together all the time is the server: npm start',
        );
      return {
        operation: 'sync-once',
        args: { link: options.link, acceptPreview: options.acceptPreview },
        show: showSync,
      };
    },
  });
}

function showSync(result: unknown): string {
  const { quiet, links } = readAnswer(syncAnswer, result);
  const table = renderTable(
    [
      { title: 'link', text: (row: z.infer<typeof linkSchema>) => row.link },
      ...COUNTS.map(([name, title]) => ({
        title,
        alignRight: true,
        text: (row: z.infer<typeof linkSchema>) => String(row[name]),
      })),
    ],
    links,
  );
  const deletes = links.reduce((sum, row) => sum + row.pendingDeletes, 0);
  const waiting =
    deletes === 0 ? '' : `Deletions that wait for a person or for proof: ${deletes}. See: ${TYPED} status\n`;
  return `${table}\n${waiting}${quiet ? 'Nothing else was left to do.' : 'More is left to do: run it again.'}\n`;
}
