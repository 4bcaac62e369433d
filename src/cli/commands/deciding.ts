import { Argument, type Command, Option } from 'commander';
import { addCommand, type Registrar } from '../add-command.ts';
import { collectUnids, parseReason } from '../parse-options.ts';

interface LinkOption {
  readonly link: string;
}

interface AnnounceOptions extends LinkOption {
  readonly entity: string;
  readonly fields: readonly string[];
  readonly count: number;
  readonly hours: number;
  readonly reason: string;
}

function requireLink(command: Command): void {
  command.requiredOption('--link <LINK>', 'the link that is meant');
}

function requireReason(command: Command): void {
  command.requiredOption('--reason <TEXT>', 'why; kept in the journal with your name', parseReason);
}

/** release, confirm-deleted, pause, resume: what a person decides. */
export function addDeciding(parent: Command, registrar: Registrar): void {
  addCommand<LinkOption & { readonly lane: string; readonly reason: string }>(parent, registrar, {
    syntax: 'release',
    summary: 'Let a lane go on that a brake has stopped',
    details: 'A brake stops a lane when a run would change or delete unusually much. Read "preview" first.',
    options: (command) => {
      requireLink(command);
      command.addOption(
        new Option('--lane <LANE>', 'which lane').choices(['updates', 'deletes']).makeOptionMandatory(),
      );
      requireReason(command);
    },
    examples: ['release --link dang-vien --lane deletes --reason "Chi bộ 3 đã giải thể"'],
    ask: ({ link, lane, reason }) => ({ operation: 'release-brake', args: { link, lane, reason } }),
  });
  addCommand<AnnounceOptions>(parent, registrar, {
    syntax: 'announce',
    summary: 'Say that a change of many documents is coming, so that the brake lets it pass',
    details:
      'It passes only if exactly so many documents of the entity change, in these fields and no other; anything else is braked as always. 0 documents take it back.',
    options: (command) => {
      requireLink(command);
      command.requiredOption('--entity <ENTITY>', 'what changes, for example organisation');
      command.requiredOption('--fields <FIELD...>', 'the fields that change');
      command.requiredOption('--count <N>', 'how many documents', Number);
      command.option('--hours <N>', 'how long it holds', Number, 24);
      requireReason(command);
    },
    examples: [
      'announce --link dang-vien --entity organisation --fields parentCode --count 3214 --reason "Sáp nhập theo Quyết định 12"',
    ],
    ask: ({ link, entity, fields, count, hours, reason }) => ({
      operation: 'announce',
      args: { link, entity, fields, count, hours, reason },
    }),
  });
  addCommand<LinkOption & { readonly reason: string }>(parent, registrar, {
    syntax: 'confirm-deleted',
    summary: 'Give your word that missing notes were deleted',
    details:
      'A note that is not found may only be hidden, so the bridge does not delete its record by itself.',
    options: (command) => {
      command.addArgument(new Argument('<UNID...>', 'notes, by UNID').argParser(collectUnids));
      requireLink(command);
      requireReason(command);
    },
    examples: [
      'confirm-deleted 0123456789ABCDEF0123456789ABCDEF --link dang-vien --reason "Trùng hồ sơ, đã xoá ngày 3/2"',
    ],
    ask: ({ link, reason }, [unids]) => ({ operation: 'confirm-deleted', args: { link, unids, reason } }),
  });
  for (const [name, summary] of [
    ['pause', 'Stop a link, or one direction of it; withdrawals go on'],
    ['resume', 'Let a paused link go on'],
  ] as const) {
    addCommand<LinkOption & { readonly direction?: string }>(parent, registrar, {
      syntax: name,
      summary,
      options: (command) => {
        requireLink(command);
        command.addOption(
          new Option(
            '--direction <DIRECTION>',
            'pull: Notes to handbook; push: handbook to Notes (default: both)',
          ).choices(['pull', 'push']),
        );
      },
      examples: [`${name} --link dang-vien`, `${name} --link dang-vien --direction push`],
      ask: ({ link, direction }) => ({ operation: name, args: { link, direction } }),
    });
  }
}
