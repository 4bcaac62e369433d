import { resolve } from 'node:path';
import type { LinkConfig } from './bridge-schema.ts';

type Database = LinkConfig['database'];

/** Settings of a link that name files: keys that end in `File`, at any depth. Null = not set. */
export function filesOf(database: Database): readonly (readonly [string, string | null])[] {
  return Object.entries(flat(database)).filter(([name]) => name.endsWith('File'));
}

/** The same settings with these files as absolute paths; relative ones are meant beside the settings file. */
export function withAbsoluteFiles<T extends Database>(database: T, beside: string): T {
  return absolute(database, beside) as T;
}

function flat(value: object, before = ''): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]: [string, unknown]): [string, string | null][] => {
      if (typeof part === 'string' || part === null) return [[`${before}${name}`, part]];
      if (typeof part !== 'object' || Array.isArray(part)) return [];
      return Object.entries(flat(part, `${before}${name}.`));
    }),
  );
}

function absolute(value: unknown, beside: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [
      name,
      name.endsWith('File') && typeof part === 'string' ? resolve(beside, part) : absolute(part, beside),
    ]),
  );
}
