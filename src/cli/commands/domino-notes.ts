import { Argument, type Command } from 'commander';
import { addCommand, type CommandSpec, type Registrar } from '../add-command.ts';
import { UsageError } from '../exit-codes.ts';
import { ITEM_SYNTAX, parseItems } from '../parse-items.ts';
import { parseDatabase, parseUnid } from '../parse-options.ts';

interface NoteOptions {
  readonly database: string;
  readonly as?: string;
}

function requireDatabase(command: Command): void {
  command.requiredOption('--database <NAME>', 'the database, for example dang-vien.nsf', parseDatabase);
}

function takeUnid(command: Command): void {
  command.addArgument(new Argument('<UNID>', 'the note').argParser(parseUnid));
}

function takeUser(command: Command): void {
  command.option(
    '--as <NAME>',
    'whose edit it is, for example "CN=Can bo 1/O=Tinh uy" (default: the server)',
  );
}

const SET = '--set <NAME=VALUE...>';

/** show, edit, create-note, delete, readers: what a Notes user would do to one note of the embedded Domino. */
export function addDominoNotes(domino: Command, registrar: Registrar): void {
  addNoteCommand(domino, registrar, {
    syntax: 'show',
    summary: 'Show a note with all its items',
    options: (command) => {
      takeUnid(command);
      requireDatabase(command);
    },
    examples: ['show 0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf'],
    ask: ({ database }, [unid]) => ({ operation: 'domino-show', args: { database, unid } }),
  });
  addNoteCommand<{ readonly set: readonly string[] }>(domino, registrar, {
    syntax: 'edit',
    summary: 'Change items of a note',
    details: ITEM_SYNTAX,
    options: (command) => {
      takeUnid(command);
      requireDatabase(command);
      command.requiredOption(SET, 'items to set');
      takeUser(command);
    },
    examples: [
      'edit 0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf --set "HoTen=Nguyễn Văn Ánh" --as "CN=Can bo 1/O=Tinh uy"',
    ],
    ask: ({ database, set, as }, [unid]) => ({
      operation: 'domino-edit',
      args: { database, unid, items: parseItems(set), as },
    }),
  });
  addNoteCommand<{ readonly form: string; readonly set?: readonly string[] }>(domino, registrar, {
    syntax: 'create-note',
    summary: 'Create a note',
    details: ITEM_SYNTAX,
    options: (command) => {
      requireDatabase(command);
      command.requiredOption('--form <FORM>', 'its form').option(SET, 'items to set');
      takeUser(command);
    },
    examples: [
      'create-note --database dang-vien.nsf --form DangVien --set "HoTen=Trần Thị Bưởi" --set NgaySinh:datetime=1980-05-19',
    ],
    ask: ({ database, form, set, as }) => ({
      operation: 'domino-create-note',
      args: { database, form, items: parseItems(set ?? []), as },
    }),
  });
  addNoteCommand(domino, registrar, {
    syntax: 'delete',
    summary: 'Delete a note, as a Notes user would: a deletion stub remains',
    options: (command) => {
      takeUnid(command);
      requireDatabase(command);
      takeUser(command);
    },
    examples: ['delete 0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf'],
    ask: ({ database, as }, [unid]) => ({ operation: 'domino-delete', args: { database, unid, as } }),
  });
  addNoteCommand<{ readonly set?: readonly string[]; readonly everyone?: true }>(domino, registrar, {
    syntax: 'readers',
    summary: 'Say who may read a note',
    options: (command) => {
      takeUnid(command);
      requireDatabase(command);
      command
        .option('--set <NAME...>', 'users, groups or roles')
        .option('--everyone', 'no restriction any more');
      takeUser(command);
    },
    examples: [
      'readers 0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf --set "[BiThu]" "CN=Can bo 1/O=Tinh uy"',
      'readers 0123456789ABCDEF0123456789ABCDEF --database dang-vien.nsf --everyone',
    ],
    ask: ({ database, set, everyone, as }, [unid]) => {
      if ((set === undefined) === (everyone === undefined))
        throw new UsageError('Say either --set NAME… or --everyone.');
      return { operation: 'domino-readers', args: { database, unid, readers: set ?? [], as } };
    },
  });
}

function addNoteCommand<Options extends object = object>(
  domino: Command,
  registrar: Registrar,
  spec: CommandSpec<Options & NoteOptions>,
): void {
  addCommand(domino, registrar, spec);
}
