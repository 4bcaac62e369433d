import { resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import { z } from 'zod';
import { addCommand, type Registrar } from '../add-command.ts';
import { readAnswer } from '../operation-request.ts';
import { parseCount, parseDatabase, parsePositiveCount } from '../parse-options.ts';

const dxlSchema = z.object({ dxl: z.string() });

interface DatabaseOption {
  readonly database: string;
}

function requireDatabase(command: Command): void {
  command.requiredOption('--database <NAME>', 'the database, for example dang-vien.nsf', parseDatabase);
}

interface GenerateOptions {
  readonly members: number;
  readonly seed: number;
  readonly databasePrefix?: string;
  readonly city?: boolean;
  readonly meetings?: number;
}

/** create, list, import-dxl, export, generate: whole databases of the embedded Domino. */
export function addDominoDatabases(domino: Command, registrar: Registrar): void {
  const { cwd } = registrar.shell;
  addCommand<{ readonly title?: string }>(domino, registrar, {
    syntax: 'create',
    summary: 'Create an empty database',
    options: (command) => {
      command
        .addArgument(new Argument('<NAME.nsf>', 'its file name').argParser(parseDatabase))
        .option('--title <TITLE>', 'its title');
    },
    examples: ['create dang-vien.nsf --title "Hồ sơ đảng viên"'],
    ask: ({ title }, [name]) => ({ operation: 'domino-create', args: { database: name, title } }),
  });
  addCommand<Partial<DatabaseOption>>(domino, registrar, {
    syntax: 'list',
    summary: 'List databases, or the notes of one',
    options: (command) => {
      command.option('--database <NAME>', 'list the notes of this one', parseDatabase);
    },
    examples: ['list', 'list --database dang-vien.nsf'],
    ask: ({ database }) => ({ operation: 'domino-list', args: { database } }),
  });
  addCommand<DatabaseOption>(domino, registrar, {
    syntax: 'import-dxl <FILE...>',
    summary: 'Import notes from DXL files (Domino XML)',
    details:
      "The bridge reads the files itself, as a stream. With --server the paths are those of the server's machine.",
    options: requireDatabase,
    examples: ['import-dxl export-1.dxl export-2.dxl --database dang-vien.nsf'],
    ask: ({ database }, [files]) => ({
      operation: 'domino-import-dxl',
      args: {
        database,
        files: z
          .array(z.string())
          .parse(files)
          .map((file) => resolve(cwd, file)),
      },
    }),
  });
  addCommand<DatabaseOption & { readonly out?: string }>(domino, registrar, {
    syntax: 'export',
    summary: 'Export a database as DXL',
    details: "Without --out the DXL is printed. With --server, --out names a file on the server's machine.",
    options: (command) => {
      requireDatabase(command);
      command.option('--out <FILE>', 'write it to this file');
    },
    examples: ['export --database dang-vien.nsf --out dang-vien.dxl'],
    ask: ({ database, out }) => ({
      operation: 'domino-export',
      args: { database, out: out === undefined ? undefined : resolve(cwd, out) },
      ...(out === undefined && { show: (result: unknown) => readAnswer(dxlSchema, result).dxl }),
    }),
  });
  addCommand<GenerateOptions>(domino, registrar, {
    syntax: 'generate',
    summary: 'Fill databases with invented members and documents',
    details:
      'The same seed gives the same people. None of them exists. The answer says how many notes of each form are released, withheld, broken or doubled: what a synchronisation has to count.',
    options: (command) => {
      command
        .requiredOption('--members <N>', 'how many members', parsePositiveCount)
        .requiredOption('--seed <S>', 'a whole number', parseCount)
        .option('--database-prefix <PREFIX>', "what the databases' names start with")
        .option(
          '--city',
          'with posts, ratings, a year of meetings and attendance, and everything that is wrong in old files',
        )
        .option('--meetings <N>', 'regular meetings of each cell of a city, 0 to 12 (12)', parseCount);
    },
    examples: [
      'generate --members 1000 --seed 7',
      'generate --members 50 --seed 1 --database-prefix thu-',
      'generate --city --members 450000 --seed 1',
    ],
    ask: ({ members, seed, databasePrefix, city, meetings }) => ({
      operation: 'domino-generate',
      args: { members, seed, databasePrefix, city, meetings },
    }),
  });
}
