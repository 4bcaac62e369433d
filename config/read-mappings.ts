import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANONICAL_FORM_VERSION } from '../src/sync/canonical.ts';
import type { Mapping } from '../src/sync/mapping.ts';
import { readCodeLists } from './code-list.ts';
import { ConfigError, type ConfigProblem } from './config-problem.ts';
import { deepFreeze } from './deep-freeze.ts';
import { mappingSchema, toMapping } from './mapping-schema.ts';
import { readYaml } from './read-yaml.ts';

/**
 * Every `*.yaml` of the folder, one mapping each, in the order of their names; deeply frozen. Throws a `ConfigError` with the problems of all files.
 * Whether the mappings fit together and fit the links is for `checkConfig`.
 */
export function readMappings(dir: string): readonly Mapping[] {
  const mappings: Mapping[] = [];
  const codeLists = readCodeLists(dir);
  const problems: ConfigProblem[] = [...codeLists.problems];
  const schema = mappingSchema(codeLists.lists);
  for (const name of yamlFiles(dir)) {
    const file = join(dir, name);
    const result = readYaml({ file, text: readFileSync(file, 'utf8') }, schema);
    if ('problems' in result) problems.push(...result.problems);
    else mappings.push(toMapping(result.value, CANONICAL_FORM_VERSION));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(mappings);
}

/** One mapping from its text, with the code lists beside the mappings of `dir`. Throws a `ConfigError` with every problem. */
export function readMapping(dir: string, source: { readonly file: string; readonly text: string }): Mapping {
  const codeLists = readCodeLists(dir);
  const result = readYaml(source, mappingSchema(codeLists.lists));
  const problems = [...codeLists.problems, ...('problems' in result ? result.problems : [])];
  if (problems.length > 0 || 'problems' in result) throw new ConfigError(problems);
  return deepFreeze(toMapping(result.value, CANONICAL_FORM_VERSION));
}

function yamlFiles(dir: string): readonly string[] {
  const none = (wrong: string) =>
    new ConfigError([
      {
        file: dir,
        line: null,
        column: null,
        path: '',
        wrong,
        right: 'a folder with one .yaml file per form',
      },
    ]);
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch {
    throw none('cannot be read');
  }
  const files = names.filter((name) => /\.ya?ml$/u.test(name)).sort();
  if (files.length === 0) throw none('holds no mapping');
  return files;
}
