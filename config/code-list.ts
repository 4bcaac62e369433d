import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { canonicalText } from '../src/sync/canonical.ts';
import type { ConfigProblem } from './config-problem.ts';
import { bilingual } from './link-schema.ts';
import { readYaml } from './read-yaml.ts';

/** Folder of the lists, inside that of the mappings: a site replaces both together. */
const FOLDER = 'code-lists';

const code = z.string().min(1).transform(canonicalText);

const codeListSchema = z
  .strictObject({
    list: z.string().regex(/^\w+$/u, { error: 'a name of letters, digits and _' }),
    title: bilingual,
    codes: z.array(z.strictObject({ code, vi: z.string().min(1), en: z.string().min(1) })).min(1),
  })
  .refine(({ codes }) => new Set(codes.map((one) => one.code)).size === codes.length, {
    path: ['codes'],
    error: 'each code once',
  });

/** The values that an item may hold, with what people read for them. */
export type CodeList = z.output<typeof codeListSchema>;

export interface CodeLists {
  readonly lists: ReadonlyMap<string, CodeList>;
  readonly problems: readonly ConfigProblem[];
}

/** Every list beside the mappings of `dir`; none where there is no such folder. */
export function readCodeLists(dir: string): CodeLists {
  const lists = new Map<string, CodeList>();
  const problems: ConfigProblem[] = [];
  for (const name of yamlFiles(join(dir, FOLDER))) {
    const file = join(dir, FOLDER, name);
    const result = readYaml({ file, text: readFileSync(file, 'utf8') }, codeListSchema);
    if ('problems' in result) problems.push(...result.problems);
    else if (lists.has(result.value.list)) problems.push(doubled(file, result.value.list));
    else lists.set(result.value.list, result.value);
  }
  return { lists, problems };
}

function yamlFiles(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
      .filter((name) => /\.ya?ml$/u.test(name))
      .sort();
  } catch {
    return [];
  }
}

function doubled(file: string, list: string): ConfigProblem {
  return {
    file,
    line: 1,
    column: 1,
    path: 'list',
    wrong: `is "${list}", as in another file`,
    right: 'a name of its own',
  };
}
