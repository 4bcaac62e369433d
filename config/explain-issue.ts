import type * as z from 'zod';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of settings',
  record: 'a block of settings',
  null: 'nothing (null)',
};

/** Zod's error map of the settings: says what would be right. Undefined leaves the word to zod. */
export function whatIsRight(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1
        ? show(issue.values[0])
        : `one of ${issue.values.map(show).join(', ')}`;
    case 'too_small':
      return `${sized(issue.origin)} ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`;
    case 'too_big':
      return `${sized(issue.origin)} ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}`;
    case 'invalid_format':
      return issue.pattern === undefined
        ? `a text of the form ${issue.format}`
        : `a text of the form ${issue.pattern}`;
    case 'unrecognized_keys':
      return `one of ${knownKeys(issue.inst).join(', ')}`;
    case 'invalid_union':
      return Array.isArray(issue['options'])
        ? `one of ${issue['options'].map(show).join(', ')}`
        : unionTypes(issue.errors);
    case 'not_multiple_of':
      return `a multiple of ${String(issue.divisor)}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    default:
      return undefined;
  }
}

/** `is missing`, `is 70000`, `is a text`; `hide` keeps texts out. */
export function whatIsWrong(value: unknown, hide: boolean): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return value.length === 0 ? 'is an empty list' : 'is a list';
  if (typeof value === 'object') return 'is a block of settings';
  if (typeof value === 'string' && (hide || value.length > 60))
    return value === '' ? 'is an empty text' : 'is not right';
  return `is ${show(value)}`;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

function sized(origin: string): string {
  switch (origin) {
    case 'string':
      return 'a text whose length is';
    case 'array':
    case 'set':
      return 'a list whose length is';
    default:
      return 'a number of';
  }
}

function knownKeys(schema: unknown): readonly string[] {
  const shape = (schema as { readonly shape?: object } | undefined)?.shape;
  return shape ? Object.keys(shape) : ['the settings of the manual'];
}

function unionTypes(errors: readonly (readonly { readonly message?: string | undefined }[])[]): string {
  const messages = errors
    .flatMap((branch) => branch.map((one) => one.message))
    .filter((text) => text !== undefined);
  return [...new Set(messages)].join(', or ');
}
