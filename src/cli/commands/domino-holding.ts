import { Argument, type Command } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { ITEM_SYNTAX, parseItems } from '../parse-items.ts';
import { parseDatabase, parseUnid } from '../parse-options.ts';

interface HeldOptions {
  readonly database: string;
  readonly as?: string;
}

interface SaveOptions extends HeldOptions {
  readonly set: readonly string[];
  readonly remove?: readonly string[];
  readonly giveUp?: true;
}

const EXAMPLE = '0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf --as "CN=Can bo 1/O=Tinh uy"';

/** hold: a document in an open window of a Notes client, saved after others saved it: a save conflict. */
export function addDominoHolding(domino: Command, registrar: Registrar): void {
  const hold = addGroup(
    domino,
    'hold',
    'Hold a note open while others save it: stage a save conflict',
    `open ${EXAMPLE}`,
  );
  addCommand<HeldOptions>(hold, registrar, {
    syntax: 'open',
    summary: 'Open a note, as in a Notes client',
    details: 'Nothing is locked. It stays open until it is saved or closed, across restarts too.',
    options: takeHeld,
    examples: [`open ${EXAMPLE}`],
    ask: ({ database, as }, [unid]) => ({
      operation: 'domino-hold',
      args: { action: 'open', database, unid, as },
    }),
  });
  addCommand(hold, registrar, {
    syntax: 'list',
    summary: 'List the notes that are open',
    examples: ['list'],
    ask: () => ({ operation: 'domino-hold', args: { action: 'list' } }),
  });
  addCommand<SaveOptions>(hold, registrar, {
    syntax: 'save',
    summary: 'Save an open note, and close it',
    details: `Where somebody saved it meanwhile, the edits become a conflict note under it; where somebody deleted it, it is there again.\n${ITEM_SYNTAX}`,
    options: (command) => {
      takeHeld(command);
      command
        .requiredOption('--set <NAME=VALUE...>', 'items to set')
        .option('--remove <NAME...>', 'items to take away')
        .option('--give-up', 'no conflict note: where somebody saved meanwhile, theirs alone stays');
    },
    examples: [`save ${EXAMPLE} --set "HoTen=Nguyễn Văn Ánh"`],
    ask: ({ database, as, set, remove, giveUp }, [unid]) => ({
      operation: 'domino-hold',
      args: { action: 'save', database, unid, as, items: parseItems(set), remove, giveUp },
    }),
  });
  addCommand<HeldOptions>(hold, registrar, {
    syntax: 'close',
    summary: 'Close an open note without saving',
    options: takeHeld,
    examples: [`close ${EXAMPLE}`],
    ask: ({ database, as }, [unid]) => ({
      operation: 'domino-hold',
      args: { action: 'close', database, unid, as },
    }),
  });
}

function takeHeld(command: Command): void {
  command
    .addArgument(new Argument('<UNID>', 'the note').argParser(parseUnid))
    .requiredOption('--database <NAME>', 'where it is, for example dang-vien.nsf', parseDatabase)
    .option('--as <NAME>', 'whose window it is, for example "CN=Can bo 1/O=Tinh uy" (default: the server)');
}
