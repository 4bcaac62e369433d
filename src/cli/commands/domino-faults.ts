import { type Command, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { present } from '../operation-request.ts';
import {
  parseAmount,
  parseCount,
  parseDatabase,
  parsePositiveCount,
  parseProbability,
  parseWhole,
} from '../parse-options.ts';

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
  readonly msPerDocument?: number;
  readonly downCalls?: number;
  readonly profile?: string;
  readonly bitsPerSecond?: number;
  readonly roundTripMs?: number;
  readonly loss?: number;
}

/** The embedded Domino's own kinds, and what each does. */
const KINDS: Readonly<Record<string, string>> = {
  latency: 'answers come --ms later',
  network:
    'bytes take their time: --profile lan, --profile wan (2 Mbit/s, 200 ms, 1 % loss), or a line of your own',
  slow: 'an answer takes --ms-per-document for each document in it',
  'lost-before': 'the connection breaks before the effect; with --silent no answer ever comes (a time-out)',
  'lost-after': 'the same after the effect',
  'half-bulk': 'a bulk write stops --after-documents, the connection being lost',
  'page-loss': 'a page of a read breaks off --after-documents: nothing of it arrives',
  'stream-loss': 'a stream stops --after-chunks',
  restart:
    'the server restarts: this call and all that is on its way is lost, the next --down-calls are refused',
  'certificate-expired': 'no connection comes about, until cleared',
  busy: 'the call is refused, the server being busy',
  down: 'the call is refused, the server being away',
  'clock-step': 'the clock jumps by --ms, also backwards',
};

/** fault: what can go wrong between the bridge and a Domino. */
export function addDominoFaults(domino: Command, registrar: Registrar): void {
  const fault = addGroup(
    domino,
    'fault',
    'Make the embedded Domino misbehave: rehearse what can go wrong',
    'list',
  );
  addAdding(fault, registrar);
  addCommand<{ readonly seed: number }>(fault, registrar, {
    syntax: 'seed',
    summary: 'Draw anew what is left to chance: the same seed, faults and calls go wrong alike',
    options: (command) => {
      command.requiredOption('--seed <N>', 'any whole number', parseWhole);
    },
    examples: ['seed --seed 7'],
    ask: ({ seed }) => ({ operation: 'domino-fault', args: { action: 'seed', seed } }),
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

function addAdding(fault: Command, registrar: Registrar): void {
  addCommand<FaultOptions>(fault, registrar, {
    syntax: 'add',
    summary: 'Add a fault',
    details: Object.entries(KINDS)
      .map(([kind, what]) => `${kind}: ${what}.`)
      .join('\n'),
    options: (command) => {
      command
        .addOption(
          new Option('--kind <KIND>', 'what goes wrong').choices(Object.keys(KINDS)).makeOptionMandatory(),
        )
        .option('--database <NAME>', 'only in this database (default: everywhere)', parseDatabase)
        .option(
          '--method <NAME>',
          'only in this call of the Domino API, for example bulkReplaceItemsByUnid (default: any)',
        )
        .option('--nth <N>', 'only the n-th call that fits', parsePositiveCount)
        .option(
          '--times <N>',
          'so many times (default: once with --nth and for restart, else until cleared)',
          parsePositiveCount,
        )
        .option('--probability <P>', 'by chance, from 0 to 1', parseProbability)
        .option('--ms <MS>', 'latency, clock-step: milliseconds', parseWhole)
        .option('--ms-per-document <MS>', 'slow: milliseconds a document', parseAmount)
        .option('--silent', 'lost-before, lost-after: no answer at all')
        .option('--after-documents <N>', 'half-bulk, page-loss: how far it gets', parseCount)
        .option('--after-chunks <N>', 'stream-loss: how far it gets', parseCount)
        .option('--down-calls <N>', 'restart: calls refused while it starts (default: 1)', parseCount)
        .addOption(new Option('--profile <NAME>', 'network: a line by name').choices(['lan', 'wan']))
        .option('--bits-per-second <N>', 'network: speed of a line of your own', parsePositiveCount)
        .option('--round-trip-ms <MS>', 'network: there and back (default: 0)', parseAmount)
        .option('--loss <P>', 'network: share of packets lost, from 0 to 0.9 (default: 0)', parseProbability);
    },
    examples: [
      'add --kind lost-after --database dang-vien.nsf --times 3',
      'add --kind latency --ms 2000 --probability 0.1',
      'add --kind network --profile wan',
      'add --kind restart --nth 3 --down-calls 5',
    ],
    ask: (options) => ({
      operation: 'domino-fault',
      args: { action: 'add', rule: ruleOf(options) },
    }),
  });
}

/** Names every part: the options of every command (`--json`, `--server`, …) are among what commander gives. */
function ruleOf(options: FaultOptions): object {
  const { database, method, nth, times, probability } = options;
  const { profile, bitsPerSecond, roundTripMs = 0, loss = 0 } = options;
  const line = bitsPerSecond === undefined ? undefined : { bitsPerSecond, roundTripMs, loss };
  const { kind, ms, msPerDocument, silent, afterDocuments, afterChunks, downCalls } = options;
  return present({
    kind,
    ms,
    msPerDocument,
    silent,
    afterDocuments,
    afterChunks,
    downCalls,
    when: present({ filePath: database, method, nth, times, probability }),
    network: profile ?? line,
  });
}
