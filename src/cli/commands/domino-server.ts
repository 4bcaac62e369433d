import { type Command, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { EXIT } from '../exit-codes.ts';
import { exitUnlessOk, present } from '../operation-request.ts';
import {
  parseCount,
  parseDatabase,
  parsePositiveCount,
  parseProbability,
  parseWhole,
} from '../parse-options.ts';
import { renderResult } from '../render-result.ts';

interface FaultOptions {
  readonly kind: string;
  readonly database?: string;
  readonly method?: string;
  readonly nth?: number;
  readonly times?: number;
  readonly probability?: number;
  readonly ms?: number;
  readonly silent?: true;
  readonly afterDocuments?: number;
  readonly afterChunks?: number;
}

/** contract, probe, fault, clock: the embedded Domino as the opponent in tests and rehearsals. */
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
  addCommand<{ readonly link: string }>(domino, registrar, {
    syntax: 'probe',
    summary: 'Ask the Domino behind a link what it is, and what it does to the documents of the link',
    details:
      'Names what is fine, what loses data and what is refused, with the change to the schema that mends it. It writes nothing. While something loses data, the link writes nothing either, unless its acceptLoss names the finding. With --json the answer also holds the whole schema that the link wants.',
    options: (command) => {
      command.requiredOption('--link <LINK>', 'the link whose server is asked');
    },
    examples: ['probe --link dang-vien', 'probe --link dang-vien --json'],
    exits: { 1: 'writes would lose data, or it failed' },
    ask: ({ link }) => ({
      operation: 'domino-probe',
      args: { link },
      show: (result) => renderResult(withoutSchema(result)),
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

/** The schema is for a file, not for a screen. */
function withoutSchema(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return result;
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'wantedSchema'));
}

/** The embedded Domino's own kinds. */
const FAULT_KINDS = [
  'latency',
  'lost-before',
  'lost-after',
  'half-bulk',
  'stream-loss',
  'busy',
  'down',
  'clock-step',
];

function addFaults(domino: Command, registrar: Registrar): void {
  const fault = addGroup(
    domino,
    'fault',
    'Make the embedded Domino misbehave: rehearse what can go wrong',
    'list',
  );
  addCommand<FaultOptions>(fault, registrar, {
    syntax: 'add',
    summary: 'Add a fault',
    details:
      'latency: answers come --ms later. lost-before, lost-after: the connection breaks before or after the effect, or with --silent no answer ever comes. ' +
      'half-bulk: a bulk write stops --after-documents. stream-loss: a stream stops --after-chunks. busy, down: the call is refused. clock-step: the clock jumps by --ms.',
    options: (command) => {
      command
        .addOption(new Option('--kind <KIND>', 'what goes wrong').choices(FAULT_KINDS).makeOptionMandatory())
        .option('--database <NAME>', 'only in this database (default: everywhere)', parseDatabase)
        .option(
          '--method <NAME>',
          'only in this call of the Domino API, for example bulkReplaceItemsByUnid (default: any)',
        )
        .option('--nth <N>', 'only the n-th call that fits', parsePositiveCount)
        .option(
          '--times <N>',
          'so many times (default: once with --nth, else until cleared)',
          parsePositiveCount,
        )
        .option('--probability <P>', 'by chance, from 0 to 1', parseProbability)
        .option('--ms <MS>', 'latency, clock-step: milliseconds', parseWhole)
        .option('--silent', 'lost-before, lost-after: no answer at all')
        .option('--after-documents <N>', 'half-bulk: how far it gets', parseCount)
        .option('--after-chunks <N>', 'stream-loss: how far it gets', parseCount);
    },
    examples: [
      'add --kind lost-after --database dang-vien.nsf --times 3',
      'add --kind latency --ms 2000 --probability 0.1',
    ],
    ask: ({ kind, database, method, nth, times, probability, ms, silent, afterDocuments, afterChunks }) => ({
      operation: 'domino-fault',
      args: {
        action: 'add',
        rule: present({
          kind,
          when: present({ filePath: database, method, nth, times, probability }),
          ms,
          silent,
          afterDocuments,
          afterChunks,
        }),
      },
    }),
  });
  for (const [action, summary] of [
    ['list', 'List the faults that are set'],
    ['clear', 'Remove all faults'],
  ] as const) {
    addCommand(fault, registrar, {
      syntax: action,
      summary,
      examples: [action],
      ask: () => ({ operation: 'domino-fault', args: { action } }),
    });
  }
}
