import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateTimeItem, numberItem, textItem } from '../engine/item-builders.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { temporaryDomino, type TemporaryDomino } from '../engine/testing/temporary-domino.ts';
import { compileQuery } from './query.ts';
import {
  holds,
  MODEL_START,
  type Model,
  type ModelNote,
  models,
  modelNotes,
  TEXTS,
  write,
} from './testing/query-model.ts';

/** The notes in a database whose views and full-text index were built before the late ones came. Answers their UNIDs. */
function stage(
  { database }: TemporaryDomino,
  clock: { time: number },
  notes: readonly ModelNote[],
): string[] {
  const { design } = database;
  design.putView({
    name: 'Everything',
    columns: [
      { name: 'n', item: 'N', sorted: 'ascending', separateValues: true },
      { name: 'first', item: 'T', clickSort: true },
    ],
  });
  design.putView({ name: 'Ones', selection: { Form: ['f1'] } });
  design.putView({ name: 'Folder', kind: 'folder' });
  const unids = new Map<ModelNote, string>();
  const add = (note: ModelNote): void => {
    const { unid } = database.create([
      textItem('Form', `F${note.form}`),
      textItem(
        'T',
        note.texts.map((at) => TEXTS[at]?.text ?? ''),
      ),
      numberItem('N', note.numbers),
      textItem('W', note.words.join(' and ')),
      ...(note.tick === null ? [] : [dateTimeItem('D', dateTimeOf(MODEL_START + note.tick * 10))]),
    ]);
    unids.set(note, unid);
  };
  notes.filter(({ late }) => !late).forEach(add);
  design.buildViews();
  design.updateFullText();
  design.catalog();
  clock.time += 1000;
  notes.filter(({ late }) => late).forEach(add);
  design.putInFolder(
    'Folder',
    notes.flatMap((note) => (note.inFolder ? (unids.get(note) ?? []) : [])),
  );
  return notes.map((note) => unids.get(note) ?? '');
}

function noise(query: string, seed: number): string {
  return seed === 0
    ? query
    : query.replaceAll(/ (and not|or not|and|or) /gu, (_, word: string) => ` \n ${word.toUpperCase()}\t`);
}

test('[DQ3] [DQ5] [DQ13] [DQ15] [DQ18] a query finds what its tree says of each note, and no other, whatever indexes help', () => {
  fc.assert(
    fc.property(
      fc.array(modelNotes, { minLength: 1, maxLength: 8 }),
      fc.array(models, { minLength: 4, maxLength: 8 }),
      fc.integer({ min: 0, max: 1 }),
      (notes, queries, seed) => {
        using domino = temporaryDomino();
        const unids = stage(domino, domino, notes);
        const design = domino.database.design.forQueries();
        for (const model of queries) {
          const query = noise(write(model), seed);
          const { matches } = domino.database.query(compileQuery(query, [], { design }));
          const expected = unids.filter((_, at) => holds(model, notes[at] as ModelNote));
          expect(new Set(matches.map(({ unid }) => unid)), query).toEqual(new Set(expected));
          expect(matches.length).toBe(expected.length);
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('[DQ12] explain counts what the query finds', () => {
  fc.assert(
    fc.property(fc.array(modelNotes, { minLength: 1, maxLength: 6 }), models, (notes, model: Model) => {
      using domino = temporaryDomino();
      stage(domino, domino, notes);
      const design = domino.database.design.forQueries();
      const compiled = compileQuery(write(model), [], { design });
      const { matches } = domino.database.query(compiled);
      const [, , , root = '', next = ''] = compiled.explain(domino.database.notes()).split('\n');
      const counts = /FoundDocs (\d+)/u.exec(root) ?? /FoundDocs (\d+)/u.exec(next);
      expect(Number(counts?.[1])).toBe(matches.length);
    }),
    { numRuns: 25 },
  );
});
