import type { Command } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { EXIT } from '../exit-codes.ts';
import { exitUnlessOk } from '../operation-request.ts';
import { parsePositiveCount } from '../parse-options.ts';
import { showPreviews } from '../show-preview.ts';
import { showStatus } from '../show-status.ts';

const WATCH_SECONDS = 2;

interface LinkOption {
  readonly link?: string;
}

function onlyLink(command: Command): void {
  command.option('--link <LINK>', 'only this link (default: all)');
}

/** status, preview, sweep: what there is and what would happen. */
export function addObserving(parent: Command, registrar: Registrar): void {
  addCommand<LinkOption & { readonly watch?: number | true }>(parent, registrar, {
    syntax: 'status',
    summary: 'Show the health of every link and what a person should do',
    details:
      'With --watch the table stays and is kept up to date; where no server runs, the command holds the data directory until it ends.',
    options: (command) => {
      onlyLink(command);
      command.option(
        '--watch [SECONDS]',
        'ask again every so often (default: 2), until Ctrl-C',
        parsePositiveCount,
      );
    },
    examples: ['status', 'status --link dang-vien --json', 'status --watch 5'],
    every: ({ watch }) => (watch === undefined ? null : watch === true ? WATCH_SECONDS : watch),
    ask: ({ link }) => ({ operation: 'status', args: { link }, show: showStatus }),
  });
  addCommand<LinkOption & { readonly show?: string }>(parent, registrar, {
    syntax: 'preview',
    summary: 'List what the next run would do, and do none of it',
    details: 'A preview has an ID. Approve what you have read with: sync --once --accept-preview ID',
    options: (command) => {
      onlyLink(command);
      command.option('--show <ID>', 'show a preview that was made before');
    },
    examples: ['preview --link dang-vien', 'preview --show 7f3a'],
    ask: ({ link, show }) => ({ operation: 'preview', args: { link, show }, show: showPreviews }),
  });
  addCommand<LinkOption>(parent, registrar, {
    syntax: 'sweep',
    summary: 'Go through all known notes to find what changes do not show',
    details:
      'Finds notes that were hidden, deleted without a trace, or restored. The server does this by itself from time to time.',
    options: onlyLink,
    examples: ['sweep --link dang-vien'],
    ask: ({ link }) => ({ operation: 'sweep', args: { link } }),
  });
}

/** reports: what Notes users are told and what they chose. */
export function addReports(parent: Command, registrar: Registrar): void {
  addCommand<LinkOption>(parent, registrar, {
    syntax: 'reports',
    summary:
      'Carry out what Notes users chose in the reports database, and make the reports that are missing',
    details: 'The server does this by itself as often as it pulls. See docs/domino.md.',
    options: onlyLink,
    examples: ['reports', 'reports --link tac-nghiep --json'],
    ask: ({ link }) => ({ operation: 'reports', args: { link } }),
  });
}

/** `journal verify`. */
export function addJournal(root: Command, registrar: Registrar): void {
  const journal = addGroup(root, 'journal', 'The append-only account of every effect', 'verify');
  addCommand<LinkOption>(journal, registrar, {
    syntax: 'verify',
    summary: "Check the journal's chain: nothing changed, nothing missing",
    options: onlyLink,
    examples: ['verify', 'verify --link dang-vien'],
    exits: { 1: 'the chain is broken, or it failed' },
    ask: ({ link }) => ({ operation: 'journal-verify', args: { link }, exitOf: exitUnlessOk(EXIT.failed) }),
  });
}
