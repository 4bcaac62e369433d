import { type Command, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { UsageError } from '../exit-codes.ts';

interface CreateOptions {
  readonly role: string;
  readonly memberKey?: string;
  readonly organisation?: string;
}

/** account create, account password, account sign-out. */
export function addAccounts(parent: Command, registrar: Registrar): void {
  const group = addGroup(
    parent,
    'account',
    'Accounts of operators and of the handbook',
    'create so-tay --role app',
  );
  addCommand<CreateOptions>(group, registrar, {
    syntax: 'create <NAME>',
    summary: 'Make an account; its password is shown once',
    details:
      'operator, releaser and auditor sign in to the operations API: a releaser reads and lifts brakes, an auditor reads. The others sign in to the handbook API: an app is a service that reads and changes all that is released, an officer reads what lies at and under a committee, a secretary keeps the work of one cell, a member sees what is theirs.',
    options: (command) => {
      command.addOption(
        new Option('--role <ROLE>', 'what the account may do')
          .choices(['operator', 'releaser', 'auditor', 'app', 'officer', 'secretary', 'member'])
          .makeOptionMandatory(),
      );
      command.option(
        '--member-key <KEY>',
        "for a member or secretary: the business key of the person's own member record",
      );
      command.option(
        '--organisation <CODE>',
        'for a secretary the code of the cell, for an officer that of the committee, or * for the whole handbook',
      );
    },
    examples: [
      'create so-tay --role app',
      'create nguyen-van-a --role member --member-key dv-000001',
      'create can-bo-1 --role officer --organisation 01.001.000.000.000',
    ],
    ask: ({ role, memberKey, organisation }, [name]) => {
      if ((role === 'member' || role === 'secretary') !== (memberKey !== undefined))
        throw new UsageError(
          '--member-key goes with --role member and --role secretary, and only with them.',
        );
      if ((role === 'officer' || role === 'secretary') !== (organisation !== undefined))
        throw new UsageError(
          '--organisation goes with --role officer and --role secretary, and only with them.',
        );
      return {
        operation: 'account-create',
        args: {
          name,
          role,
          ...(memberKey !== undefined && { memberKey }),
          ...(organisation !== undefined && { organisation }),
        },
      };
    },
  });
  const zone = (command: Command) => {
    command.addOption(
      new Option('--zone <ZONE>', 'inside: operators; outside: the handbook')
        .choices(['inside', 'outside'])
        .makeOptionMandatory(),
    );
  };
  addCommand<{ readonly zone: string }>(group, registrar, {
    syntax: 'password <NAME>',
    summary: 'Give an account a new password, shown once',
    options: zone,
    examples: ['password operator --zone inside'],
    ask: ({ zone }, [name]) => ({ operation: 'account-password', args: { name, zone } }),
  });
  addCommand<{ readonly zone: string }>(group, registrar, {
    syntax: 'sign-out <NAME>',
    summary: 'End all sessions of an account; its password stays',
    options: zone,
    examples: ['sign-out nguyen-van-a --zone outside'],
    ask: ({ zone }, [name]) => ({ operation: 'account-sign-out', args: { name, zone } }),
  });
}
