import type { Command } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { showReads } from '../show-reads.ts';
import { parsePositiveCount } from '../parse-options.ts';

interface AuditOptions {
  readonly record?: string;
  readonly member?: string;
  readonly account?: string;
  readonly before?: number;
  readonly limit?: number;
}

/** `audit list`. */
export function addAudit(root: Command, registrar: Registrar): void {
  const audit = addGroup(root, 'audit', "Who read other people's records in the handbook", 'list');
  addCommand<AuditOptions>(audit, registrar, {
    syntax: 'list',
    summary: 'List readings, newest first: who, which records, when and how; never what they say',
    isDefault: true,
    options: (command) => {
      command
        .option('--record <ID>', 'only readings of this record')
        .option('--member <KEY>', 'only readings of the records of the member with this key')
        .option('--account <NAME>', 'only what this account read')
        .option('--before <ID>', 'go on: only rows older than this one', parsePositiveCount)
        .option('--limit <N>', 'at most so many (default 200)', parsePositiveCount);
    },
    examples: ['list', 'list --member DV-1-0000001', 'list --account so-tay --json'],
    ask: ({ record, member, account, before, limit }) => ({
      operation: 'audit-list',
      args: { record, member, account, before, limit },
      show: showReads,
    }),
  });
}
