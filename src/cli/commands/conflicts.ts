import { type Command, Option } from 'commander';
import { UsageError } from '../exit-codes.ts';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { parseReason } from '../parse-options.ts';
import { showConflicts, showQuarantine } from '../show-cases.ts';

interface ResolveOptions {
  readonly choose?: string;
  readonly value?: string;
  readonly field?: readonly string[];
  readonly reason: string;
}

export function addConflicts(root: Command, registrar: Registrar): void {
  const conflicts = addGroup(
    root,
    'conflicts',
    'Fields that were changed differently on both sides',
    'show 42',
  );
  addCommand<{ readonly link?: string }>(conflicts, registrar, {
    syntax: 'list',
    summary: 'List conflicts, newest first: those that wait for a person, and those that a rule settled',
    isDefault: true,
    options: (command) => {
      command.option('--link <LINK>', 'only this link (default: all)');
    },
    examples: ['list', 'list --link dang-vien --json'],
    ask: ({ link }) => ({ operation: 'conflicts-list', args: { link }, show: showConflicts }),
  });
  addCommand(conflicts, registrar, {
    syntax: 'show <ID>',
    summary: 'Show one conflict with the values of both sides',
    details: 'Shows values: do not redirect the output to a place that others can read.',
    examples: ['show 42'],
    ask: (_, [id]) => ({ operation: 'conflict-show', args: { id } }),
  });
  addCommand<ResolveOptions>(conflicts, registrar, {
    syntax: 'resolve <ID>',
    summary: 'Close a conflict by choosing a side or giving the right value; both values are kept with it',
    details:
      'What a rule settled, or a person decided before, can be decided anew: the choice travels as an ordinary edit.',
    options: (command) => {
      command
        .addOption(
          new Option('--choose <SIDE>', 'whose value is right')
            .choices(['notes', 'handbook'])
            .conflicts('value'),
        )
        .option('--value <VALUE>', 'what is right instead: a text, or JSON for a list')
        .option(
          '--field <FIELD...>',
          'these fields of the same document (default: the field of the conflict)',
        )
        .requiredOption('--reason <TEXT>', 'why; kept in the journal with your name', parseReason);
    },
    examples: [
      'resolve 42 --choose notes --reason "Đã đối chiếu hồ sơ gốc"',
      'resolve 42 --choose handbook --field hometown phone --reason "…"',
      'resolve 42 --value "Phan Thị Ánh" --reason "Theo giấy khai sinh"',
    ],
    ask: ({ choose, value, field, reason }, [id]) => {
      if ((choose === undefined) === (value === undefined))
        throw new UsageError('Say whose value is right (--choose), or what is (--value)');
      return { operation: 'conflict-resolve', args: { id, choose, value, fields: field, reason } };
    },
  });
}

export function addQuarantine(root: Command, registrar: Registrar): void {
  const quarantine = addGroup(
    root,
    'quarantine',
    'Documents that cannot be processed, set aside with the reason',
    'retry 17',
  );
  addCommand<{ readonly link?: string }>(quarantine, registrar, {
    syntax: 'list',
    summary: 'List what is set aside and why',
    isDefault: true,
    options: (command) => {
      command.option('--link <LINK>', 'only this link (default: all)');
    },
    examples: ['list', 'list --link dang-vien --json'],
    ask: ({ link }) => ({ operation: 'quarantine-list', args: { link }, show: showQuarantine }),
  });
  addCommand(quarantine, registrar, {
    syntax: 'retry <ID>',
    summary: 'Try one of them again, after its cause was mended',
    examples: ['retry 17'],
    ask: (_, [id]) => ({ operation: 'quarantine-retry', args: { id } }),
  });
}
