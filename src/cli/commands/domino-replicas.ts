import { Argument, type Command, Option } from 'commander';
import { addCommand, type Registrar } from '../add-command.ts';
import { present } from '../operation-request.ts';
import { parseCount, parseDatabase, parseInstant, parsePositiveCount } from '../parse-options.ts';

interface ReplicationOptions {
  readonly purgeInterval?: number;
  readonly pirc?: boolean;
  readonly removeOld?: boolean;
  readonly keepDeletions?: boolean;
  readonly ignoreDeletions?: boolean;
  readonly forms?: readonly string[];
  readonly allForms?: true;
  readonly cutoff?: number;
  readonly softDeleteHours?: number;
  readonly clearHistory?: true;
}

/** replicate, replica, replication: replicas of one database on the embedded Domino. */
export function addDominoReplicas(domino: Command, registrar: Registrar): void {
  addCommand<{ readonly direction: string; readonly cutAfter?: number }>(domino, registrar, {
    syntax: 'replicate',
    summary: 'Replicate two replicas',
    details:
      'Conflicts, merges, deletions and the replication history are as between two Domino servers. A replica on another server is named SERVER!!NAME.nsf ("bridge domino server add" makes servers): its clock is its own, and Readers items and ACLs are asked about its name.',
    options: (command) => {
      command
        .addArgument(new Argument('<NAME.nsf>', 'one replica').argParser(parseDatabase))
        .addArgument(new Argument('<OTHER.nsf>', 'the other').argParser(parseDatabase))
        .addOption(
          new Option('--direction <DIRECTION>', 'pull: into the first; push: into the second')
            .choices(['both', 'pull', 'push'])
            .default('both'),
        )
        .option(
          '--cut-after <N>',
          'the connection breaks after so many notes, in each direction',
          parseCount,
        );
    },
    examples: [
      'replicate dang-vien.nsf ban-sao.nsf',
      'replicate dang-vien.nsf ban-sao.nsf --direction pull --cut-after 10',
      'replicate dang-vien.nsf "Huyen/Tinh uy!!dang-vien.nsf"',
    ],
    ask: ({ direction, cutAfter }, [database, other]) => ({
      operation: 'domino-replicate',
      args: { database, with: other, direction, cutAfter },
    }),
  });
  addCommand(domino, registrar, {
    syntax: 'replica',
    summary: 'Make a new replica of a database',
    details:
      'NEW.nsf is a path on the same server, or SERVER!!PATH. Notes whose Readers items do not name its server stay out of it: the answer counts them as hidden.',
    options: (command) => {
      command
        .addArgument(new Argument('<NAME.nsf>', 'the database').argParser(parseDatabase))
        .addArgument(new Argument('<NEW.nsf>', 'the new replica').argParser(parseDatabase));
    },
    examples: ['replica dang-vien.nsf ban-sao.nsf', 'replica dang-vien.nsf "Huyen/Tinh uy!!dang-vien.nsf"'],
    ask: (_, [database, path]) => ({ operation: 'domino-replica', args: { database, path } }),
  });
  addCommand<ReplicationOptions>(domino, registrar, {
    syntax: 'replication',
    summary: "Show or change a database's replication settings and history",
    details:
      'The history has a line for each partner (SERVER!!PATH) and direction, in the time of the sender. A replication asks for what changed since then, where both sides agree; else it looks at everything.',
    options: (command) => {
      command
        .addArgument(new Argument('<NAME.nsf>', 'the database').argParser(parseDatabase))
        .option('--purge-interval <DAYS>', 'stubs are forgotten after so many days', parsePositiveCount)
        .option('--pirc', 'refuse old documents that are not here (purge interval replication control)')
        .option('--no-pirc', 'take them as new ones')
        .option('--remove-old', 'a purge removes old documents, too')
        .option('--no-remove-old', 'it does not')
        .option('--keep-deletions', 'do not send deletions')
        .option('--no-keep-deletions', 'send them')
        .option('--ignore-deletions', 'take no deletions of others')
        .option('--no-ignore-deletions', 'take them')
        .option(
          '--forms <FORM...>',
          'hold documents of these forms only; others are removed here, without stubs',
        )
        .option('--all-forms', 'hold all documents')
        .option('--cutoff <TIME>', 'take only what was saved later, for example 2026-01-31', parseInstant)
        .option(
          '--soft-delete-hours <N>',
          'deleted documents can be brought back so long; 0 = not',
          parseCount,
        )
        .option('--clear-history', 'the next replication looks at everything');
    },
    examples: ['replication dang-vien.nsf', 'replication dang-vien.nsf --purge-interval 30 --pirc'],
    ask: (options, [database]) => ({
      operation: 'domino-replication',
      args: {
        database,
        changes: present({
          purgeIntervalDays: options.purgeInterval,
          pirc: options.pirc,
          removesOldDocuments: options.removeOld,
          keepsDeletions: options.keepDeletions,
          ignoresDeletions: options.ignoreDeletions,
          forms: options.allForms === true ? null : options.forms,
          cutoff: options.cutoff,
          softDeleteHours: options.softDeleteHours === 0 ? null : options.softDeleteHours,
          clearHistory: options.clearHistory,
        }),
      },
    }),
  });
}
