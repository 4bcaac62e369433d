import { Argument, type Command, Option } from 'commander';
import { addCommand, type Registrar } from '../add-command.ts';
import { EXIT } from '../exit-codes.ts';
import { exitUnlessOk } from '../operation-request.ts';
import { parseCount, parseDatabase, parsePositiveCount } from '../parse-options.ts';

interface FaultOptions {
  readonly kind: string;
  readonly database?: string;
  readonly call?: string;
  readonly after?: number;
  readonly times?: number;
  readonly delayMs?: number;
}

/** contract, fault, clock: the embedded Domino as the opponent in tests and rehearsals. */
export function addDominoServer(domino: Command, registrar: Registrar): void {
  addCommand<{ readonly link: string; readonly scratch: string }>(domino, registrar, {
    syntax: 'contract',
    summary: 'Prove that the Domino behind a link behaves as the bridge expects',
    details:
      'Runs the contract suite against the real connection of the link. It writes to the scratch database and to nothing else.',
    options: (command) => {
      command
        .requiredOption('--link <LINK>', 'the link whose connection is tried')
        .requiredOption('--scratch <NAME.nsf>', 'an empty database made for this', parseDatabase);
    },
    examples: ['contract --link dang-vien --scratch thu-nghiem.nsf'],
    exits: { 1: 'something behaves differently, or it failed' },
    ask: ({ link, scratch }) => ({
      operation: 'domino-contract',
      args: { link, scratch },
      exitOf: exitUnlessOk(EXIT.failed),
    }),
  });
  addCommand<{ readonly advance: number }>(domino, registrar, {
    syntax: 'clock',
    summary: "Move the embedded Domino's clock forward",
    options: (command) => {
      command.requiredOption('--advance <SECONDS>', 'by how many seconds', parsePositiveCount);
    },
    examples: ['clock --advance 3600'],
    ask: ({ advance }) => ({ operation: 'domino-clock', args: { advanceSeconds: advance } }),
  });
  addFaults(domino, registrar);
}

function addFaults(domino: Command, registrar: Registrar): void {
  addCommand<Partial<FaultOptions>>(domino, registrar, {
    syntax: 'fault',
    summary: 'Make the embedded Domino misbehave: rehearse what can go wrong',
    details: 'add: one more fault, described by the options. list: those that are set. clear: none any more.',
    options: (command) => {
      command
        .addArgument(new Argument('<ACTION>', 'what to do').choices(['add', 'list', 'clear']))
        .addOption(
          new Option(
            '--kind <KIND>',
            'add: what goes wrong; a wrong kind is answered with the list of kinds',
          ),
        )
        .option('--database <NAME>', 'add: only in this database (default: everywhere)', parseDatabase)
        .option('--call <NAME>', 'add: only in this call of the Domino API (default: any)')
        .option('--after <N>', 'add: let so many calls pass first', parseCount)
        .option('--times <N>', 'add: go wrong so many times (default: until cleared)', parsePositiveCount)
        .option('--delay-ms <MS>', 'add: answer so many milliseconds later', parseCount);
    },
    examples: [
      'fault add --kind connection-lost --database dang-vien.nsf --times 3',
      'fault list',
      'fault clear',
    ],
    ask: ({ kind, database, call, after, times, delayMs }, [action]) => ({
      operation: 'domino-fault',
      args: action === 'add' ? { action, kind, database, call, after, times, delayMs } : { action },
    }),
  });
}
