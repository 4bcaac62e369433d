import { readFileSync } from 'node:fs';
import type { AccessRules, EntityAccess } from '../connectors/handbook/access-rules.ts';
import type { EntitySchema } from '../connectors/handbook/members-port.ts';
import { accessSchema } from './access-schema.ts';
import { ConfigError, type ConfigProblem } from './config-problem.ts';
import { deepFreeze } from './deep-freeze.ts';
import { readYaml } from './read-yaml.ts';

/**
 * The rules of access, checked against what the mappings make of the entities; deeply frozen. A rule for an entity that no mapping makes is left
 * unused. Throws a `ConfigError`.
 */
export function readAccess(file: string, schemas: readonly EntitySchema[]): AccessRules {
  const result = readYaml({ file, text: readFileSync(file, 'utf8') }, accessSchema);
  if ('problems' in result) throw new ConfigError(result.problems);
  const fieldsOf = new Map(
    schemas.map(({ entity, fields }) => [entity, new Set(fields.map(({ field }) => field))]),
  );
  const problems = namedFields(result.value).flatMap(([entity, field, path]): ConfigProblem[] => {
    const known = fieldsOf.get(entity);
    if (known === undefined || known.has(field)) return [];
    return [
      {
        file,
        line: null,
        column: null,
        path,
        wrong: `names ${entity}.${field}, which no mapping makes`,
        right: `one of ${[...known].join(', ')}`,
      },
    ];
  });
  const told = Object.entries(result.value.entities).flatMap(([entity, access]) =>
    toldBySearch(file, entity, access),
  );
  if (problems.length + told.length > 0) throw new ConfigError([...problems, ...told]);
  return deepFreeze(result.value);
}

type Named = readonly [entity: string, field: string, path: string];

function namedFields({ tree, member, entities }: AccessRules): readonly Named[] {
  return [
    [tree.entity, tree.parent, 'tree.parent'],
    [tree.entity, tree.from, 'tree.from'],
    [tree.entity, tree.to, 'tree.to'],
    [member.entity, member.cell, 'member.cell'],
    [member.entity, member.status, 'member.status'],
    ...Object.entries(entities).flatMap(([entity, access]) => fieldsOfRule(entity, access)),
  ];
}

function fieldsOfRule(
  entity: string,
  { owner, within, scope, through, fields, sort, search }: EntityAccess,
): readonly Named[] {
  const at = `entities.${entity}`;
  const own = [
    [owner, 'owner'],
    [typeof within === 'object' ? within.via : within, 'within'],
    [scope, 'scope'],
    [sort?.field, 'sort'],
    ...search.map((field) => [field, 'search'] as const),
    ...Object.values(fields ?? {}).flatMap((list) => (list ?? []).map((field) => [field, 'fields'] as const)),
  ] as const;
  const named = own.flatMap(([field, part]): Named[] =>
    field === undefined ? [] : [[entity, field, `${at}.${part}`]],
  );
  if (typeof within === 'object') named.push([within.entity, within.field, `${at}.within`]);
  if (through !== undefined) named.push([through.entity, through.field, `${at}.through`]);
  return named;
}

/** Finding a record by a field, and where it stands in a list, tells what the field holds. */
function toldBySearch(
  file: string,
  entity: string,
  { fields, search, sort }: EntityAccess,
): readonly ConfigProblem[] {
  const told = sort === undefined ? search : [...search, sort.field];
  return Object.entries(fields ?? {}).flatMap(([role, shown]) =>
    told
      .filter((field) => shown !== undefined && !shown.includes(field))
      .map((field) => ({
        file,
        line: null,
        column: null,
        path: `entities.${entity}.fields.${role}`,
        wrong: `leaves out ${field}, which can be searched or sorted by`,
        right: `a list with ${field}, or ${field} in neither search nor sort`,
      })),
  );
}
