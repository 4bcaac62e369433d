import type { NotesIdentity } from '../engine/identity.ts';
import { findItem } from '../engine/item-lookup.ts';
import { noteSize } from '../engine/note-size.ts';
import { FormulaError } from './formula-error.ts';
import {
  firstText,
  type FormulaFunction,
  type FunctionTable,
  numberValue,
  type RunFunction,
} from './formula-function.ts';
import { type FormulaValue, textValue, truth } from './formula-value.ts';
import { LIST_FUNCTIONS } from './list-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';
import { TIME_FUNCTIONS } from './time-functions.ts';

const constant = (value: FormulaValue): FormulaFunction => ({ takes: [0, 0], run: () => value });

const isOf = (type: FormulaValue['type']): FormulaFunction => ({
  takes: [1, 1],
  run: (_, [value]) => truth(value?.type === type),
});

/** Of who asks; a query has nobody who does. */
const OF_IDENTITY: FunctionTable = {
  '@username': { takes: [0, 0], run: ({ identity }) => textValue(identity.name) },
  '@userroles': { takes: [0, 0], run: ({ identity }) => listOf(roles(identity)) },
  '@usernameslist': {
    takes: [0, 0],
    run: ({ identity }) => listOf([...names(identity.name), ...(identity.groups ?? []), ...roles(identity)]),
  },
};

/** Designer help, "Formula language: @functions A-Z". */
const FUNCTIONS: FunctionTable = {
  ...NUMBER_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...OF_IDENTITY,
  '@true': constant(truth(true)),
  '@yes': constant(truth(true)),
  '@success': constant(truth(true)),
  '@all': constant(truth(true)),
  '@false': constant(truth(false)),
  '@no': constant(truth(false)),
  '@isavailable': {
    takes: [1, 1],
    run: ({ note }, [name]) => truth(findItem(note.items, firstText(name)) !== undefined),
  },
  '@isunavailable': {
    takes: [1, 1],
    run: ({ note }, [name]) => truth(findItem(note.items, firstText(name)) === undefined),
  },
  '@isresponsedoc': { takes: [0, 0], run: ({ note }) => truth(note.parent !== null) },
  '@istext': isOf('text'),
  '@isnumber': isOf('number'),
  '@istime': isOf('time'),
  '@select': {
    takes: [2, 99],
    run: (_, [number, ...values]) => {
      const at = Math.trunc(Number(number?.values[0]));
      if (number?.type !== 'number' || at < 1)
        throw new FormulaError('evaluation', '@Select takes a number from 1');
      return values[Math.min(at, values.length) - 1] as FormulaValue;
    },
  },
  '@documentuniqueid': { takes: [0, 0], run: ({ note }) => textValue(note.unid) },
  '@doclength': { takes: [0, 0], run: ({ note }) => numberValue(noteSize(note.items)) },
};

/** Whether the function is about who asks. */
export function isOfIdentity(name: string): boolean {
  return Object.hasOwn(OF_IDENTITY, name);
}

/** Throws `unsupported` for a function that is not modelled, `syntax` for a wrong number of arguments. */
export function findFunction(name: string, given: number): RunFunction {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found === undefined) throw new FormulaError('unsupported', `the function ${name} is not modelled`);
  const [least, most] = found.takes;
  if (given < least || given > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    throw new FormulaError('syntax', `${name} takes ${wanted} arguments, not ${given}`);
  }
  return found.run;
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
