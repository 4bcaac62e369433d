import { Argument, type Command, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { UsageError } from '../exit-codes.ts';
import { ITEM_SYNTAX, parseItems } from '../parse-items.ts';
import { parseDatabase } from '../parse-options.ts';
import { CAREFUL_EXITS, CAREFULLY } from './carefully.ts';

interface AgentOptions {
  readonly form?: readonly string[];
  readonly as?: string;
  readonly yes?: true;
}

interface AgentSpec<Options> {
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly examples: readonly [string, ...string[]];
  readonly options: (command: Command) => void;
  readonly task: (options: Options) => object;
}

/** agent: what agents and mass edits do to all notes of a database, or those of some forms. */
export function addDominoAgents(domino: Command, registrar: Registrar): void {
  const agent = addGroup(
    domino,
    'agent',
    'Save many notes at once, as agents and mass edits do',
    'stamp dang-vien.nsf --set "DaXem=roi" --yes',
  );
  addAgent<{ readonly set?: readonly string[] }>(agent, registrar, {
    name: 'stamp',
    summary: 'Save every note, with items set in each',
    details: `Without --set they are saved as they are: only versions and times move.\n${ITEM_SYNTAX}`,
    examples: ['stamp dang-vien.nsf --yes', 'stamp dang-vien.nsf --set "DaXem=roi" --form DangVien --yes'],
    options: (command) => {
      command.option('--set <NAME=VALUE...>', 'items to set');
    },
    task: ({ set }) => ({ kind: 'stamp', items: parseItems(set ?? []) }),
  });
  addAgent<{ readonly category: readonly string[] }>(agent, registrar, {
    name: 'categorise',
    summary: 'Add categories to every note, in the item Categories',
    examples: ['categorise dang-vien.nsf --category "Khen thuong" --form DangVien --yes'],
    options: (command) => {
      command.requiredOption('--category <NAME...>', 'what is added to the categories of each note');
    },
    task: ({ category }) => ({ kind: 'categorise', categories: category }),
  });
  addAgent<{ readonly from: string; readonly to?: string; readonly remove?: true }>(agent, registrar, {
    name: 'form',
    summary: 'Change the form of notes that exist, or take it away',
    examples: [
      'form dang-vien.nsf --from DangVien --to DangVien2026 --yes',
      'form dang-vien.nsf --from DangVien --remove --yes',
    ],
    options: (command) => {
      command
        .requiredOption('--from <FORM>', 'the form that they have')
        .option('--to <FORM>', 'the form that they get')
        .option('--remove', 'they have none any more');
    },
    task: ({ from, to, remove }) => {
      if ((to === undefined) === (remove === undefined))
        throw new UsageError('Say either --to FORM or --remove.');
      return { kind: 'form', from, to: to ?? null };
    },
  });
  addAgent<{ readonly item: string; readonly how: string }>(agent, registrar, {
    name: 'retype',
    summary: 'Change the type or shape of an item, not what it says',
    details: 'Notes whose item does not lend itself to it are left alone.',
    examples: ['retype dang-vien.nsf --item SoThe --how to-number --yes'],
    options: (command) => {
      command
        .requiredOption('--item <NAME>', 'the item')
        .addOption(
          new Option('--how <HOW>', 'trailing-blank puts one at the end of each text')
            .choices(['to-text', 'to-number', 'to-list', 'to-single', 'trailing-blank'])
            .makeOptionMandatory(),
        );
    },
    task: ({ item, how }) => ({ kind: 'retype', item, how }),
  });
  addAgent<{ readonly item: string }>(agent, registrar, {
    name: 'resave',
    summary: 'Open and save rich text unchanged: its bytes may differ, its text does not',
    examples: ['resave dang-vien.nsf --item NoiDung --yes'],
    options: (command) => {
      command.requiredOption('--item <NAME>', 'the rich text item');
    },
    task: ({ item }) => ({ kind: 'resave', item }),
  });
}

function addAgent<Options extends object>(
  agent: Command,
  registrar: Registrar,
  { name, summary, details, examples, options, task }: AgentSpec<Options>,
): void {
  addCommand<Options & AgentOptions>(agent, registrar, {
    syntax: name,
    summary,
    ...(details === undefined ? {} : { details }),
    options: (command) => {
      command.addArgument(new Argument('<NAME.nsf>', 'the database').argParser(parseDatabase));
      options(command);
      command
        .option('--form <FORM...>', 'only notes of these forms (default: all)')
        .option('--as <NAME>', 'the signer, for example "CN=Can bo 1/O=Tinh uy" (default: the server)')
        .option('--yes', 'do it; without it the notes are counted');
    },
    examples,
    exits: CAREFUL_EXITS,
    ask: (given, [database]) => ({
      operation: 'domino-agent',
      args: { database, task: task(given), forms: given.form, as: given.as, confirmed: given.yes === true },
      ...CAREFULLY,
    }),
  });
}
