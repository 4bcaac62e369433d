import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredNote } from '../stored-note.ts';
import { compileQuery, DqlError } from './query.ts';

interface Model {
  readonly text: string;
  holds(note: StoredNote): boolean;
}

const operators: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

const operator = fc.constantFrom(...Object.keys(operators));
const ticks = fc.integer({ min: 0, max: 6 });

function compare(name: string, a: number, b: number): boolean {
  return operators[name]?.(a, b) ?? false;
}

const leaf: fc.Arbitrary<Model> = fc.oneof(
  fc.record({ name: fc.constantFrom('A', 'B'), operator, value: ticks }).map(
    (term): Model => ({
      text: `${term.name} ${term.operator} ${term.value}`,
      holds: (note) =>
        note.items.some(
          ({ name, value }) =>
            name === term.name &&
            value.type === 'number' &&
            value.values.some((number) => compare(term.operator, number, term.value)),
        ),
    }),
  ),
  fc.record({ created: fc.boolean(), operator, value: ticks }).map(
    (term): Model => ({
      text: `${term.created ? '@Created' : '@ModifiedInThisFile'} ${term.operator} @dt('1970-01-01T00:00:00.0${term.value}Z')`,
      holds: (note) =>
        compare(term.operator, term.created ? note.created : note.modifiedInFile, term.value * 10),
    }),
  ),
  fc.record({ values: fc.array(ticks, { minLength: 1, maxLength: 3 }) }).map(
    ({ values }): Model => ({
      text: `Form in (${values.map((value) => `'f${value}'`).join(', ')})`,
      holds: (note) =>
        note.items.some(
          ({ name, value }) =>
            name === 'Form' &&
            value.type === 'text' &&
            value.values.some((text) => values.some((wanted) => text.toLowerCase() === `f${wanted}`)),
        ),
    }),
  ),
);

/** Built from fully parenthesised parts, so the model needs no idea of precedence. */
const query: fc.Arbitrary<Model> = fc.letrec<{ query: Model }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ left: tie('query'), right: tie('query'), and: fc.boolean(), not: fc.boolean() }).map(
      ({ left, right, and, not }): Model => ({
        text: `(${left.text}) ${and ? 'and' : 'or'} ${not ? 'not ' : ''}(${right.text})`,
        holds: (note) => {
          const second = right.holds(note) !== not;
          return and ? left.holds(note) && second : left.holds(note) || second;
        },
      }),
    ),
  ),
})).query;

const note: fc.Arbitrary<StoredNote> = fc
  .record({
    created: ticks,
    modified: ticks,
    forms: fc.array(ticks, { maxLength: 2 }),
    a: fc.array(ticks, { maxLength: 2 }),
    b: fc.array(ticks, { maxLength: 2 }),
  })
  .map(({ created, modified, forms, a, b }) => ({
    unid: '0'.repeat(32),
    noteId: 0x8f6,
    sequence: 1,
    sequenceTime: 0,
    created: created * 10,
    modifiedInFile: modified * 10,
    addedToFile: 0,
    parent: null,
    conflict: false,
    items: [
      {
        name: 'Form',
        flags: { summary: true },
        value: { type: 'text', values: forms.map((n) => `F${n}`), list: true },
      },
      { name: 'A', flags: { summary: true }, value: { type: 'number', values: a, list: true } },
      { name: 'B', flags: { summary: true }, value: { type: 'number', values: b, list: true } },
    ],
  }));

function attempt(text: string): unknown {
  try {
    return compileQuery(text, ['x', { name: 'n', value: 1 }]).isAll;
  } catch (error) {
    return error;
  }
}

describe('compileQuery', () => {
  it('agrees with a direct reading of the query', () => {
    fc.assert(
      fc.property(query, fc.array(note, { minLength: 1, maxLength: 8 }), (model, notes) => {
        const compiled = compileQuery(model.text);
        expect(notes.map((each) => compiled.matches(each))).toEqual(notes.map((each) => model.holds(each)));
      }),
    );
  });

  it('gives hints that every match satisfies', () => {
    fc.assert(
      fc.property(query, fc.array(note, { minLength: 1, maxLength: 8 }), (model, notes) => {
        const compiled = compileQuery(model.text);
        const { hints } = compiled;
        for (const found of notes.filter((each) => compiled.matches(each))) {
          expect(found.created).toBeGreaterThanOrEqual(hints.createdFrom ?? 0);
          expect(found.created).toBeLessThan(hints.createdTo ?? Number.POSITIVE_INFINITY);
          expect(found.modifiedInFile).toBeGreaterThanOrEqual(hints.modifiedFrom ?? 0);
          expect(found.modifiedInFile).toBeLessThan(hints.modifiedTo ?? Number.POSITIVE_INFINITY);
          for (const { name, text } of hints.items) {
            const form = found.items.find((item) => item.name === name)?.value;
            expect(form?.type === 'text' && form.values.map((value) => value.toLowerCase())).toContain(text);
          }
        }
      }),
    );
  });

  it('[DQ4] answers any text with a query or a DqlError', () => {
    const words = fc.constantFrom(
      ..."a|'x'|''|1|1e400|=|>=|(|)|,|.|in|all|and|or|not|contains|@all|@dt|@Created|@fl|?|?n".split('|'),
      ..."@dt('2024-01-01')| |\n|'|@|\u0000|😀".split('|'),
    );
    const junk = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(words, { maxLength: 60 }).map((parts) => parts.join(' ')),
      fc.array(words, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(junk, (text) => {
        const answer = attempt(text);
        expect(answer instanceof DqlError || typeof answer === 'boolean').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('[DQ4] takes the longest text', () => {
    const many = Array.from({ length: 8000 }, (_, n) => `a = ${n % 10}`)
      .join('\nor ')
      .slice(0, 65_000);
    const cut = many.slice(0, many.lastIndexOf('\nor '));
    expect(compileQuery(cut).isAll).toBe(false);
    const list = Array.from({ length: 30_000 }, () => '1').join(',');
    expect(compileQuery(`a in (${list})`).isAll).toBe(false);
    expect(compileQuery(`a = '${"''".repeat(32_000)}'`).isAll).toBe(false);
    expect(compileQuery(`${'('.repeat(200)}a = 1${')'.repeat(200)}`).isAll).toBe(false);
    expect(() => compileQuery("'".repeat(65_535))).toThrow(DqlError);
  });
});
