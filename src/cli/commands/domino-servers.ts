import { Argument, type Command, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { parseDatabase, parsePositiveCount } from '../parse-options.ts';
import { showSwitches } from '../show-switches.ts';
import { CAREFUL_EXITS, CAREFULLY } from './carefully.ts';

/** server, clock, switch: the servers of the embedded Domino, their clocks, and the open points of Domino. */
export function addDominoServers(domino: Command, registrar: Registrar): void {
  const server = addGroup(domino, 'server', 'Servers of the embedded Domino', 'list');
  addCommand(server, registrar, {
    syntax: 'list',
    summary: 'List the servers with their clocks',
    examples: ['list'],
    ask: () => ({ operation: 'domino-server', args: { action: 'list' } }),
  });
  addCommand(server, registrar, {
    syntax: 'add <NAME>',
    summary: 'Add a server for replicas',
    details:
      'Links work on the home server; another server has a data folder and a clock of its own. Its databases are named SERVER!!NAME.nsf in every command. Groups and switches are those of the home server; faults count there alone.',
    examples: ['add "CN=Huyen/O=Tinh uy"'],
    ask: (_, [name]) => ({ operation: 'domino-server', args: { action: 'add', name } }),
  });
  addCommand<{ readonly yes?: true }>(server, registrar, {
    syntax: 'remove <NAME>',
    summary: 'Remove a server with all its databases',
    options: (command) => {
      command.option('--yes', 'do it; without it the answer says what would go');
    },
    examples: ['remove "Huyen/Tinh uy" --yes'],
    exits: CAREFUL_EXITS,
    ask: ({ yes }, [name]) => ({
      operation: 'domino-server',
      args: { action: 'remove', name, confirmed: yes === true },
      ...CAREFULLY,
    }),
  });
  addCommand<{ readonly advance?: number; readonly back?: number; readonly of?: string }>(domino, registrar, {
    syntax: 'clock',
    summary: "Show the embedded Domino's clock, or move it",
    details: 'Stamps of a clock that ran ahead stay when it is put back. Each server has a clock of its own.',
    options: (command) => {
      command
        .option('--of <SERVER>', 'clock of this server (default: the home server)')
        .option('--advance <SECONDS>', 'forward by so many seconds', parsePositiveCount)
        .addOption(
          new Option('--back <SECONDS>', 'back by so many seconds')
            .argParser(parsePositiveCount)
            .conflicts('advance'),
        );
    },
    examples: ['clock', 'clock --advance 3600', 'clock --of "Huyen/Tinh uy" --back 3600'],
    ask: ({ advance, back, of }) => ({
      operation: 'domino-clock',
      args: { server: of, advanceSeconds: back === undefined ? advance : -back },
    }),
  });
  addCommand<{ readonly database?: string; readonly reset?: true }>(domino, registrar, {
    syntax: 'switch',
    summary: 'Show how open points of Domino are set on the embedded one, or set one',
    details:
      'Where public sources are silent or contradict each other, the embedded Domino does the harsher thing; a switch makes it do the other. It counts from the next call on and is kept.',
    options: (command) => {
      command
        .addArgument(new Argument('[NAME]', 'the switch; without it all are listed'))
        .addArgument(new Argument('[VALUE]', 'what it is from now on; without it the switch is shown'))
        .option('--database <NAME>', 'for this database alone (default: for all)', parseDatabase)
        .option('--reset', 'take back what was set');
    },
    examples: [
      'switch',
      'switch divergence',
      'switch divergence revisions',
      'switch modifiedIs inFile --database dang-vien.nsf',
      'switch divergence --reset',
    ],
    ask: ({ database, reset }, [name, value]) => ({
      operation: 'domino-switch',
      args: { name, value: reset === true ? null : value, database },
      show: showSwitches,
    }),
  });
}
