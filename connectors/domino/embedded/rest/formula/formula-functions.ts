import type { NotesIdentity } from '../../engine/identity.ts';
import { findItem } from '../../engine/item-lookup.ts';
import { FormulaError } from './formula-error.ts';
import type { FormulaSubject } from './formula-subject.ts';
import { type FormulaValue, textValue, truth } from './formula-value.ts';

type Run = (subject: FormulaSubject, args: readonly FormulaValue[]) => FormulaValue;

interface FormulaFunction {
  readonly takes: number;
  readonly run: Run;
}

const anyPair = (
  args: readonly FormulaValue[],
  fits: (text: string, part: string) => boolean,
): FormulaValue => truth(texts(args[0]).some((text) => texts(args[1]).some((part) => fits(text, part))));

const isMember: Run = (_, [wanted, list]) =>
  truth(
    (wanted?.values ?? []).every((one) =>
      ((list?.values ?? []) as readonly (string | number)[]).includes(one),
    ),
  );

const mapped = (change: (text: string) => string): FormulaFunction => ({
  takes: 1,
  run: (_, [value]) => ({ type: 'text', values: texts(value).map(change) }),
});

const constant = (value: FormulaValue): FormulaFunction => ({ takes: 0, run: () => value });

/** Designer help, "Formula language: @functions A-Z". */
const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  '@true': constant(truth(true)),
  '@yes': constant(truth(true)),
  '@all': constant(truth(true)),
  '@false': constant(truth(false)),
  '@no': constant(truth(false)),
  '@ismember': { takes: 2, run: isMember },
  '@isnotmember': { takes: 2, run: (subject, args) => truth(isMember(subject, args).values[0] === 0) },
  '@contains': { takes: 2, run: (_, args) => anyPair(args, (text, part) => text.includes(part)) },
  '@begins': { takes: 2, run: (_, args) => anyPair(args, (text, part) => text.startsWith(part)) },
  '@ends': { takes: 2, run: (_, args) => anyPair(args, (text, part) => text.endsWith(part)) },
  '@isavailable': {
    takes: 1,
    run: ({ note }, [name]) => truth(findItem(note.items, named(name)) !== undefined),
  },
  '@isunavailable': {
    takes: 1,
    run: ({ note }, [name]) => truth(findItem(note.items, named(name)) === undefined),
  },
  '@isresponsedoc': { takes: 0, run: ({ note }) => truth(note.parent !== null) },
  '@lowercase': mapped((text) => text.toLowerCase()),
  '@uppercase': mapped((text) => text.toUpperCase()),
  '@trim': mapped((text) => text.trim().replaceAll(/\s+/gu, ' ')),
  '@elements': { takes: 1, run: (_, [value]) => ({ type: 'number', values: [elements(value)] }) },
  '@username': { takes: 0, run: ({ identity }) => textValue(identity.name) },
  '@userroles': { takes: 0, run: ({ identity }) => listOf(roles(identity)) },
  '@usernameslist': {
    takes: 0,
    run: ({ identity }) => listOf([...names(identity.name), ...(identity.groups ?? []), ...roles(identity)]),
  },
  '@created': { takes: 0, run: ({ note }) => ({ type: 'time', values: [note.created] }) },
  '@modified': { takes: 0, run: ({ note }) => ({ type: 'time', values: [note.sequenceTime] }) },
  '@documentuniqueid': { takes: 0, run: ({ note }) => textValue(note.unid) },
};

/** Throws `unsupported` for a function that is not modelled, `syntax` for a wrong number of arguments. */
export function findFunction(name: string, given: number): Run {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found === undefined) throw new FormulaError('unsupported', `the function ${name} is not modelled`);
  if (found.takes !== given) {
    throw new FormulaError('syntax', `${name} takes ${found.takes} arguments, not ${given}`);
  }
  return found.run;
}

function texts(value: FormulaValue | undefined): readonly string[] {
  if (value?.type !== 'text')
    throw new FormulaError('evaluation', 'text is needed where another type stands');
  return value.values;
}

function named(value: FormulaValue | undefined): string {
  return texts(value)[0] ?? '';
}

function elements(value: FormulaValue | undefined): number {
  const values = value?.values ?? [];
  return values.length === 1 && values[0] === '' ? 0 : values.length;
}

function listOf(values: readonly string[]): FormulaValue {
  return textValue(...(values.length === 0 ? [''] : values));
}

function roles(identity: NotesIdentity): readonly string[] {
  return (identity.roles ?? []).map((role) => (role.startsWith('[') ? role : `[${role}]`));
}

/** The name, its common part, and every wildcard that covers it. */
function names(name: string): readonly string[] {
  const parts = name.split('/');
  const wildcards = parts.slice(1).map((_, index) => `*/${parts.slice(index + 1).join('/')}`);
  return [name, parts[0]?.replace(/^CN=/iu, '') ?? name, ...wildcards, '*'];
}
