import { resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import { addCommand, type Registrar } from '../add-command.ts';
import { parseDatabase, parseUnid } from '../parse-options.ts';
import { CAREFUL_EXITS, CAREFULLY } from './carefully.ts';

interface PasteOptions {
  readonly database: string;
  readonly into?: string;
  readonly under?: string;
  readonly cut?: true;
  readonly as?: string;
}

function takeDatabase(command: Command): Command {
  return command.addArgument(new Argument('<NAME.nsf>', 'the database').argParser(parseDatabase));
}

/** backup, restore, purge, undelete, paste, move: what administrators and the clipboard do to databases of the embedded Domino. */
export function addDominoCopies(domino: Command, registrar: Registrar): void {
  const { cwd } = registrar.shell;
  addCommand<{ readonly out: string }>(domino, registrar, {
    syntax: 'backup',
    summary: 'Copy a database as it is now',
    details: "With --server, --out names a file on the server's machine.",
    options: (command) => {
      takeDatabase(command).requiredOption('--out <FILE>', 'the copy; it must not exist');
    },
    examples: ['backup dang-vien.nsf --out dang-vien.backup'],
    ask: ({ out }, [database]) => ({
      operation: 'domino-backup',
      args: { database, out: resolve(cwd, out) },
    }),
  });
  addCommand<{ readonly file: string; readonly yes?: true }>(domino, registrar, {
    syntax: 'restore',
    summary: 'Put a backup in the place of a database',
    details:
      "What was saved since the backup is lost, and Notes says so to nobody. With --server, --file names a file on the server's machine.",
    options: (command) => {
      takeDatabase(command)
        .requiredOption('--file <FILE>', 'the backup')
        .option('--yes', 'do it; without it the answer says what would be lost');
    },
    examples: ['restore dang-vien.nsf --file dang-vien.backup --yes'],
    exits: CAREFUL_EXITS,
    ask: ({ file, yes }, [database]) => ({
      operation: 'domino-restore',
      args: { database, file: resolve(cwd, file), confirmed: yes === true },
      ...CAREFULLY,
    }),
  });
  addCommand<{ readonly yes?: true }>(domino, registrar, {
    syntax: 'purge',
    summary: 'Forget deletion stubs older than the purge interval',
    details:
      'Move the clock first: bridge domino clock --advance SECONDS. A replica that was away longer brings its notes back.',
    options: (command) => {
      takeDatabase(command).option('--yes', 'do it; without it they are counted');
    },
    examples: ['purge dang-vien.nsf', 'purge dang-vien.nsf --yes'],
    exits: CAREFUL_EXITS,
    ask: ({ yes }, [database]) => ({
      operation: 'domino-purge',
      args: { database, confirmed: yes === true },
      ...CAREFULLY,
    }),
  });
  addCommand<{ readonly note?: string }>(domino, registrar, {
    syntax: 'undelete',
    summary: 'List softly deleted notes, or bring one back',
    options: (command) => {
      takeDatabase(command).option('--note <UNID>', 'the note that comes back', parseUnid);
    },
    examples: ['undelete dang-vien.nsf', 'undelete dang-vien.nsf --note 0123456789ABCDEF0123456789ABCDEF'],
    ask: ({ note }, [database]) => ({ operation: 'domino-undelete', args: { database, unid: note } }),
  });
  addCommand<PasteOptions>(domino, registrar, {
    syntax: 'paste',
    summary: 'Copy or cut a note and paste it',
    details:
      'The new note has every item of the old one, marks and business keys too, and a UNID of its own.',
    options: (command) => {
      command
        .addArgument(new Argument('<UNID>', 'the note').argParser(parseUnid))
        .requiredOption('--database <NAME>', 'where it is, for example dang-vien.nsf', parseDatabase)
        .option('--into <NAME>', 'where it goes (default: the same database)', parseDatabase)
        .option('--under <UNID>', 'as a response of this document', parseUnid)
        .option('--cut', 'cut instead of copy: the original is deleted')
        .option('--as <NAME>', 'who does it, for example "CN=Can bo 1/O=Tinh uy" (default: the server)');
    },
    examples: [
      'paste 0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf --as "CN=Can bo 1/O=Tinh uy"',
      'paste 0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf --into luu-tru.nsf --cut',
    ],
    ask: ({ database, into, under, cut, as }, [unid]) => ({
      operation: 'domino-paste',
      args: { database, unid, into, under, cut: cut === true, as },
    }),
  });
  addCommand(domino, registrar, {
    syntax: 'move',
    summary: 'Move a database to another path',
    options: (command) => {
      takeDatabase(command).addArgument(new Argument('<NEW.nsf>', 'where it goes').argParser(parseDatabase));
    },
    examples: ['move dang-vien.nsf luu-tru/dang-vien.nsf'],
    ask: (_, [database, path]) => ({ operation: 'domino-move', args: { database, path } }),
  });
}
