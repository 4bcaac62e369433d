import { type Command, Option } from 'commander';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { UsageError } from '../exit-codes.ts';

interface CreateOptions {
  readonly role: string;
  readonly memberKey?: string;
}

/** account create, account password. */
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
      'operator and auditor sign in to the operations API; app, officer and member to the handbook API. An app is a service that reads and changes all that is released, a member sees what is theirs.',
    options: (command) => {
      command.addOption(
        new Option('--role <ROLE>', 'what the account may do')
          .choices(['operator', 'auditor', 'app', 'officer', 'member'])
          .makeOptionMandatory(),
      );
      command.option('--member-key <KEY>', "for a member: the business key of the member's own record");
    },
    examples: ['create so-tay --role app', 'create nguyen-van-a --role member --member-key dv-000001'],
    ask: ({ role, memberKey }, [name]) => {
      if ((role === 'member') !== (memberKey !== undefined))
        throw new UsageError('--member-key goes with --role member, and only with it.');
      return {
        operation: 'account-create',
        args: { name, role, ...(memberKey !== undefined && { memberKey }) },
      };
    },
  });
  addCommand<{ readonly zone: string }>(group, registrar, {
    syntax: 'password <NAME>',
    summary: 'Give an account a new password, shown once',
    options: (command) => {
      command.addOption(
        new Option('--zone <ZONE>', 'inside: operators; outside: the handbook')
          .choices(['inside', 'outside'])
          .makeOptionMandatory(),
      );
    },
    examples: ['password operator --zone inside'],
    ask: ({ zone }, [name]) => ({ operation: 'account-password', args: { name, zone } }),
  });
}
