import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, addGroup, type Registrar } from '../add-command.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { readAnswer } from '../operation-request.ts';
import { parsePositiveCount } from '../parse-options.ts';
import { showDrift, showMappingTest } from '../show-mapping.ts';
import { printable } from '../terminal-text.ts';

const draftAnswer = z.object({
  drafts: z.array(
    z.object({ form: z.string(), file: z.string(), notes: z.number(), doubts: z.number(), yaml: z.string() }),
  ),
});

interface DraftOptions {
  readonly fromDxl?: readonly string[];
  readonly fromRest?: string;
  readonly form?: string;
  readonly most?: number;
  readonly out?: string;
  readonly level?: string;
  readonly open?: string;
  readonly mark?: string;
  readonly released?: string;
}

interface TestOptions {
  readonly fromDxl?: readonly string[];
  readonly link?: string;
  readonly form?: string;
  readonly mapping?: string;
  readonly first?: number;
}

/** draft, test, drift: a site's own forms. */
export function addMapping(root: Command, registrar: Registrar): void {
  const { cwd } = registrar.shell;
  const mapping = addGroup(root, 'mapping', 'Mappings from real notes, tried on real notes', 'drift');
  const paths = (files: readonly string[] | undefined) => files?.map((file) => resolve(cwd, file));
  addCommand<DraftOptions>(mapping, registrar, {
    syntax: 'draft',
    summary: 'Propose mappings from DXL files, or from a REST link',
    details:
      'What real notes do not tell is marked "# ?". Of a link only released notes are read. No value of a note gets into a draft. With --server the paths are those of the server\'s machine.',
    options: (command) => {
      command
        .option('--from-dxl <FILE...>', 'exports as DXL (Domino XML)')
        .option('--from-rest <LINK>', 'the schema and the released notes of this link')
        .option('--form <FORM>', 'only this form (default: all)')
        .option('--most <N>', 'look at so many notes of each form (default: 1000)', parsePositiveCount)
        .option('--level <ITEM>', 'item that holds the classification (default: DoMat)')
        .option('--open <TEXT>', 'what it holds in open notes (default: Thuong)')
        .option('--mark <ITEM>', 'item that holds the release (default: ChoPhepChuyen)')
        .option('--released <TEXT>', 'what it holds in released notes (default: 1)')
        .option('--out <FOLDER>', 'write one file per form, over none that is there');
    },
    examples: ['draft --from-dxl export.dxl --form LopHoc', 'draft --from-rest dang-vien --out drafts'],
    ask: ({ fromDxl, fromRest, form, most, out, level, open, mark, released }) => ({
      operation: 'mapping-draft',
      args: {
        dxl: paths(fromDxl),
        link: fromRest,
        form,
        most,
        levelItem: level,
        open,
        markItem: mark,
        mark: released,
      },
      show: (result) => showDrafts(result, out === undefined ? null : resolve(cwd, out)),
    }),
  });
  addCommand<TestOptions>(mapping, registrar, {
    syntax: 'test',
    summary: 'Show the first notes side by side, as they would cross',
    details: 'Nothing is written. Of notes that are not released only the reason is shown.',
    options: (command) => {
      command
        .option('--from-dxl <FILE...>', 'exports as DXL (Domino XML)')
        .option('--link <LINK>', 'notes of this link')
        .option('--form <FORM>', 'only this form (default: all)')
        .option('--mapping <FILE>', 'try this mapping file, instead of those of the configuration')
        .option('--first <N>', 'so many notes of each form (default: 5)', parsePositiveCount);
    },
    examples: [
      'test --link tac-nghiep --form NhiemVu --first 3',
      'test --from-dxl export.dxl --mapping LopHoc.yaml',
    ],
    ask: ({ fromDxl, link, form, mapping: file, first }) => ({
      operation: 'mapping-test',
      args: {
        dxl: paths(fromDxl),
        link,
        form,
        mapping: file === undefined ? undefined : textOf(resolve(cwd, file)),
        first,
      },
      show: showMappingTest,
    }),
  });
  addCommand<{ readonly link?: string }>(mapping, registrar, {
    syntax: 'drift',
    summary: 'List where real notes depart from the mappings',
    options: (command) => {
      command.option('--link <LINK>', 'only this link (default: all)');
    },
    examples: ['drift', 'drift --link dang-vien --json'],
    exits: { 1: 'notes depart from a mapping, or it failed' },
    ask: ({ link }) => ({
      operation: 'mapping-drift',
      args: { link },
      show: showDrift,
      exitOf: (result) => (readAnswer(driftCount, result).drift.length === 0 ? EXIT.ok : EXIT.failed),
    }),
  });
}

const driftCount = z.object({ drift: z.array(z.unknown()) });

function showDrafts(result: unknown, folder: string | null): string {
  const { drafts } = readAnswer(draftAnswer, result);
  if (folder === null) return drafts.map(({ yaml }) => yaml).join('---\n');
  mkdirSync(folder, { recursive: true });
  return drafts
    .map(({ form, file, notes, doubts, yaml }) => {
      const path = join(folder, file);
      writeFileSync(path, yaml, { flag: 'wx' });
      return `${printable(form)}: ${notes} notes, ${doubts} doubts to settle, in ${printable(path)}\n`;
    })
    .join('');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Cannot read --mapping "${file}": ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
