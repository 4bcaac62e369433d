import { Argument, type Command, Option } from 'commander';
import { addCommand, type Registrar } from '../add-command.ts';
import { UsageError } from '../exit-codes.ts';
import { parseDatabase } from '../parse-options.ts';

const LEVELS = ['none', 'depositor', 'reader', 'author', 'editor', 'designer', 'manager'];

interface AclOptions {
  readonly name?: string;
  readonly level?: string;
  readonly delete?: true;
  readonly create: boolean;
  readonly roles?: readonly string[];
  readonly remove?: string;
}

/** acl, group: who may do what on the embedded Domino. */
export function addDominoAccess(domino: Command, registrar: Registrar): void {
  addCommand<AclOptions>(domino, registrar, {
    syntax: 'acl',
    summary: "Show a database's ACL, or change an entry",
    details:
      'Without options the ACL is shown. The first entry gives a database that had none an ACL in which everybody else is an editor and the server a manager.',
    options: (command) => {
      command
        .addArgument(new Argument('<NAME.nsf>', 'the database').argParser(parseDatabase))
        .option('--name <NAME>', 'the entry to set: a person, server, group, */OU=…, -Default- or Anonymous')
        .addOption(new Option('--level <LEVEL>', 'its access level').choices(LEVELS))
        .option('--delete', 'it may delete documents')
        .option('--no-create', 'an author may not create documents')
        .option('--roles <ROLE...>', 'its roles, without brackets')
        .option('--remove <NAME>', 'the entry to remove');
    },
    examples: [
      'acl dang-vien.nsf',
      'acl dang-vien.nsf --name "CN=Cau noi/O=Tinh uy" --level author --delete --roles BiThu',
      'acl dang-vien.nsf --name=-Default- --level none',
    ],
    ask: ({ name, level, remove, roles = [], ...rights }, [database]) => {
      if ((name === undefined) !== (level === undefined))
        throw new UsageError('Say --name and --level together.');
      const set = { name, level, creates: rights.create, deletes: rights.delete === true, roles };
      return {
        operation: 'domino-acl',
        args: { database, set: name === undefined ? undefined : set, remove },
      };
    },
  });
  addCommand<{ readonly members?: readonly string[]; readonly remove?: true }>(domino, registrar, {
    syntax: 'group [NAME]',
    summary: "List the groups of the server's directory, or set one",
    options: (command) => {
      command
        .option('--members <NAME...>', 'its members: names, groups, */OU=…')
        .option('--remove', 'there is no such group any more');
    },
    examples: ['group', 'group "Ban thuong vu" --members "CN=Can bo 1/O=Tinh uy" "Thuong truc"'],
    ask: ({ members, remove }, [group]) => {
      if (group === undefined) return { operation: 'domino-group', args: {} };
      if ((members === undefined) === (remove === undefined))
        throw new UsageError('Say either --members NAME… or --remove.');
      return { operation: 'domino-group', args: { set: { group, members: members ?? [] } } };
    },
  });
}
