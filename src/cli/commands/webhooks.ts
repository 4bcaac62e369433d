import { type Command, InvalidArgumentError, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { UsageError } from '../exit-codes.ts';

interface CreateOptions {
  readonly account: string;
  readonly entity?: readonly string[];
  readonly content?: string;
}

/** `webhook …`: sending the feed to a handbook backend of somebody else's. */
export function addWebhooks(root: Command, registrar: Registrar): void {
  const group = addGroup(root, 'webhook', 'Send the feed to another backend', 'list');
  addCommand<CreateOptions>(group, registrar, {
    syntax: 'create <URL>',
    summary: 'Send the feed to an address, from the beginning; the signing secret is shown once',
    details:
      'What is sent is what the account may see. docs/api.md says how a receiver checks the signature.',
    options: (command) => {
      command
        .requiredOption('--account <NAME>', 'service account (role app) whose rights and readings it has')
        .option('--entity <NAME...>', 'only records of these entities')
        .addOption(
          new Option('--content <WHAT>', 'records: whole records; ids: only which ones changed').choices([
            'records',
            'ids',
          ]),
        );
    },
    examples: ['create https://sotay.example.vn/hook --account so-tay --entity assignment task'],
    ask: ({ account, entity, content }, [url]) => ({
      operation: 'webhook-create',
      args: { url, account, entities: entity, content },
    }),
  });
  addCommand(group, registrar, {
    syntax: 'list',
    summary: 'Where the feed is sent to, how far it got, and what fails',
    isDefault: true,
    examples: ['list'],
    ask: () => ({ operation: 'webhook-list', args: {} }),
  });
  addCommand<{ readonly overlapHours?: number }>(group, registrar, {
    syntax: 'rotate <ID>',
    summary: 'Give a webhook a new signing secret, shown once',
    options: (command) => {
      command.option('--overlap-hours <N>', 'so long the old one signs too (default 24)', hours);
    },
    examples: [`rotate ${EXAMPLE}`, `rotate ${EXAMPLE} --overlap-hours 0`],
    ask: ({ overlapHours }, [webhook]) => ({ operation: 'webhook-rotate', args: { webhook, overlapHours } }),
  });
  for (const [how, summary] of [
    ['pause', 'Send nothing until it is resumed; nothing is lost meanwhile'],
    ['resume', 'Send again after a pause, or after it was given up'],
    ['delete', 'Forget a webhook with its keys'],
  ] as const) {
    addCommand(group, registrar, {
      syntax: `${how} <ID>`,
      summary,
      examples: [`${how} ${EXAMPLE}`],
      ask: (_, [webhook]) => ({ operation: `webhook-${how}`, args: { webhook } }),
    });
  }
  addCommand<{ readonly from?: string; readonly fromStart?: true }>(group, registrar, {
    syntax: 'replay <ID>',
    summary: 'Send again what came after a cursor, or everything',
    options: (command) => {
      command
        .option('--from <CURSOR>', '`cursor` of the last delivery that the receiver still has')
        .option('--from-start', 'everything that the account may see');
    },
    examples: [`replay ${EXAMPLE} --from-start`],
    ask: ({ from, fromStart }, [webhook]) => {
      if ((from === undefined) === (fromStart === undefined))
        throw new UsageError('Give either --from <CURSOR> or --from-start.');
      return { operation: 'webhook-replay', args: { webhook, from: from ?? null } };
    },
  });
}

const EXAMPLE = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

function hours(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 720) throw new InvalidArgumentError('hours, at most 720');
  return value;
}
