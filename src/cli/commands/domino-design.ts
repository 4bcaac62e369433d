import { Argument, type Command, Option } from 'commander';
import { z } from 'zod';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { readAnswer } from '../operation-request.ts';
import { collectUnids, parseDatabase, parsePositiveCount } from '../parse-options.ts';
import { COLUMN_SYNTAX, parseColumn, parseSelection } from '../parse-view.ts';
import { renderResult } from '../render-result.ts';

interface CreateOptions {
  readonly name: string;
  readonly alias?: readonly string[];
  readonly folder?: true;
  readonly select?: readonly string[];
  readonly column?: readonly string[];
}

interface FolderOptions {
  readonly name: string;
  readonly notes: readonly string[];
}

const UNID = '0123456789ABCDEF0123456789ABCDEF';

const explained = z.looseObject({ explanation: z.string().nullable() });

function takeDatabase(command: Command): Command {
  return command.addArgument(new Argument('<NAME.nsf>', 'the database').argParser(parseDatabase));
}

/** view, catalog, fulltext, query: what DQL finds by, and DQL itself. */
export function addDominoDesign(domino: Command, registrar: Registrar): void {
  const view = addGroup(domino, 'view', 'Views and folders that DQL finds by', 'list dang-vien.nsf');
  addViewCommands(view, registrar);
  for (const [action, summary] of [
    ['put', 'Put notes into a folder'],
    ['take', 'Take notes out of a folder'],
  ] as const) {
    addCommand<FolderOptions>(view, registrar, {
      syntax: action,
      summary,
      options: (command) => {
        takeDatabase(command)
          .requiredOption('--name <FOLDER>', 'its name or alias')
          .requiredOption('--notes <UNID...>', 'the notes', collectUnids);
      },
      examples: [`${action} dang-vien.nsf --name "Khen thuong" --notes ${UNID}`],
      ask: ({ name, notes }, [database]) => ({
        operation: 'domino-view',
        args: { action, database, name, unids: notes },
      }),
    });
  }
  addCommand(domino, registrar, {
    syntax: 'catalog',
    summary: 'Bring the design catalog up to date, as updall -e does: DQL knows views from there',
    options: takeDatabase,
    examples: ['catalog dang-vien.nsf'],
    ask: (_, [database]) => ({ operation: 'domino-catalog', args: { database } }),
  });
  addCommand<{ readonly drop?: true }>(domino, registrar, {
    syntax: 'fulltext',
    summary: 'Make the full-text index, or bring it up to date: "contains" knows notes from there',
    options: (command) => {
      takeDatabase(command).option('--drop', 'take it away');
    },
    examples: ['fulltext dang-vien.nsf', 'fulltext dang-vien.nsf --drop'],
    ask: ({ drop }, [database]) => ({
      operation: 'domino-fulltext',
      args: { database, drop: drop === true },
    }),
  });
  addCommand<{ readonly explain?: true; readonly as?: string; readonly limit?: number }>(domino, registrar, {
    syntax: 'query',
    summary: 'Find notes by DQL, or explain a query',
    options: (command) => {
      takeDatabase(command)
        .argument('<DQL>', 'the query')
        .option('--explain', 'how it would be answered, and at what cost')
        .option('--as <NAME>', 'as this person may read (default: everything)')
        .addOption(
          new Option('--limit <N>', 'notes to show, at most 1000 (default: 50)').argParser(
            parsePositiveCount,
          ),
        );
    },
    examples: [
      `query dang-vien.nsf "Form = 'DangVien' and HoTen > 'T'"`,
      `query dang-vien.nsf "'Theo ten'.HoTen = 'Bưởi'" --explain`,
    ],
    ask: ({ explain, as, limit }, [database, query]) => ({
      operation: 'domino-query',
      args: { database, query, explain: explain === true, as, limit },
      show: (result) => {
        const { explanation } = readAnswer(explained, result);
        if (explanation !== null) return `${explanation.trimEnd()}\n`;
        const { explanation: _, ...found } = readAnswer(explained, result);
        return renderResult(found);
      },
    }),
  });
}

function addViewCommands(view: Command, registrar: Registrar): void {
  addCommand(view, registrar, {
    syntax: 'list',
    summary: 'List views and folders, how far their indexes are, and what the design catalog knows',
    options: takeDatabase,
    examples: ['list dang-vien.nsf'],
    ask: (_, [database]) => ({ operation: 'domino-view', args: { action: 'list', database } }),
  });
  addCommand<CreateOptions>(view, registrar, {
    syntax: 'create',
    summary: 'Make a view or folder, or give it a new design',
    details: `Then build it and catalog the database: DQL uses it from then on.\n${COLUMN_SYNTAX}`,
    options: (command) => {
      takeDatabase(command)
        .requiredOption('--name <NAME>', 'its name')
        .option('--alias <NAME...>', 'other names')
        .option('--folder', 'a folder: it holds what is put into it')
        .option('--select <ITEM=VALUE...>', 'only such notes (default: all)')
        .option('--column <COLUMN...>', 'its columns, from the left');
    },
    examples: [
      'create dang-vien.nsf --name "Theo ten" --column HoTen=HoTen:ascending --column SoThe=SoThe:click',
      'create dang-vien.nsf --name "Khen thuong" --folder',
    ],
    ask: ({ name, alias, folder, select, column }, [database]) => ({
      operation: 'domino-view',
      args: {
        action: 'create',
        database,
        view: {
          name,
          aliases: alias ?? [],
          kind: folder === true ? 'folder' : 'view',
          selection: parseSelection(select ?? []),
          columns: (column ?? []).map(parseColumn),
        },
      },
    }),
  });
  addCommand<{ readonly name: string }>(view, registrar, {
    syntax: 'remove',
    summary: 'Remove a view or folder; no note goes, and the design catalog does not notice',
    options: (command) => {
      takeDatabase(command).requiredOption('--name <NAME>', 'its name or alias');
    },
    examples: ['remove dang-vien.nsf --name "Theo ten"'],
    ask: ({ name }, [database]) => ({ operation: 'domino-view', args: { action: 'remove', database, name } }),
  });
  addCommand(view, registrar, {
    syntax: 'build',
    summary: 'Build the indexes of all views up to now; what is saved later is not in them',
    options: takeDatabase,
    examples: ['build dang-vien.nsf'],
    ask: (_, [database]) => ({ operation: 'domino-view', args: { action: 'build', database } }),
  });
}
