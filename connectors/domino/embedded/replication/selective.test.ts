import { describe, expect, test } from 'vitest';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { namesItem, textItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { pull, replicate } from './replicate.ts';
import { selectForms } from './selection.ts';
import { replicas } from './testing/replicas.ts';

const SECOND = 1000;
const FORM = textItem('Form', 'F');
const A = 'CN=S0/O=Party';
const B = 'CN=S1/O=Party';

function world() {
  const made = replicas(2);
  const [a, b] = made.databases as [EmbeddedDatabase, EmbeddedDatabase];
  const save = (
    database: EmbeddedDatabase,
    unid: string,
    ...items: Parameters<typeof withItems>[1]
  ): void => {
    made.time += SECOND;
    database.save(unid, (before) => withItems(before, items));
    made.time += SECOND;
  };
  return { made, a, b, save, [Symbol.dispose]: () => made[Symbol.dispose]() };
}

const forms = (database: EmbeddedDatabase): string[] =>
  [...database.notes()].map(({ items }) =>
    items[0]?.value.type === 'text' ? (items[0].value.values[0] ?? '') : '',
  );

describe('what a replica gets', () => {
  test('[RE15] Readers keep a note from a server they do not name; a version that names it no more leaves the old one there', () => {
    using w = world();
    const hidden = w.a.create([FORM, namesItem('R', [A], 'readers')]);
    const shown = w.a.create([FORM, namesItem('R', ['*/O=Party'], 'readers')]);
    w.made.time += SECOND;
    expect(pull(w.b, w.a)).toMatchObject({ hidden: 1, arrivals: { added: 1 } });
    expect(w.b.readBare(hidden.unid)).toBeNull();
    w.save(w.a, shown.unid, textItem('X', 'new'), namesItem('R', [A], 'readers'));
    expect(pull(w.b, w.a)).toMatchObject({ hidden: 1, arrivals: {} });
    expect(w.b.readBare(shown.unid)?.sequence).toBe(1);
    w.save(w.a, hidden.unid, namesItem('R', [A, B], 'readers'));
    expect(pull(w.b, w.a).arrivals).toEqual({ added: 1 });
    w.a.delete(shown.unid);
    expect(pull(w.b, w.a).arrivals).toEqual({ deleted: 1 });
  });

  test('[RE16] the ACL says what a server may send: nothing, new notes, edits, deletions, the ACL', () => {
    const outcome = (level: string, deletes: boolean): unknown => {
      using w = world();
      const gone = w.a.create([FORM]);
      const edited = w.a.create([FORM]);
      pull(w.b, w.a);
      w.a.delete(gone.unid);
      w.save(w.a, edited.unid, textItem('X', '1'));
      w.a.create([FORM]);
      w.a.setAcl({ entries: [{ name: '-Default-', level: 'manager' }] });
      w.b.setAcl({
        entries: [
          { name: 'CN=Admin', level: 'manager' },
          { name: '-Default-', level: 'none' },
          { name: A, level, deletes },
        ],
      });
      w.save(w.a, edited.unid, textItem('X', '2'));
      w.a.setAcl({ entries: [{ name: '-Default-', level: 'manager' }] });
      return [pull(w.b, w.a).arrivals, w.b.acl?.entries.length];
    };
    expect(outcome('reader', true)).toEqual([{ refused: 3 }, 3]);
    expect(outcome('author', true)).toEqual([{ refused: 2, added: 1 }, 3]);
    expect(outcome('editor', false)).toEqual([{ refused: 1, added: 1, updated: 1 }, 3]);
    expect(outcome('editor', true)).toEqual([{ deleted: 1, added: 1, updated: 1 }, 3]);
    expect(outcome('manager', true)).toEqual([{ deleted: 1, added: 1, updated: 1 }, 1]);
  });

  test('[RE16] a server below Reader gets nothing', () => {
    using w = world();
    w.a.setAcl({
      entries: [
        { name: A, level: 'manager' },
        { name: '-Default-', level: 'depositor' },
      ],
    });
    expect(() => pull(w.b, w.a)).toThrow(expect.objectContaining({ code: 'not-authorized' }));
  });

  test('[RE17] a selection keeps other forms out and removes those that are here, without stubs and only here', () => {
    using w = world();
    for (const form of ['F', 'G', 'H']) w.a.create([textItem('Form', form)]);
    replicate(w.b, w.a);
    expect(selectForms(w.b, ['f', 'H'])).toEqual({ removed: 1 });
    expect([forms(w.b).sort(), w.b.stubs()]).toEqual([['F', 'H'], []]);
    expect(pull(w.b, w.a)).toMatchObject({ full: true, arrivals: { 'left-out': 1, kept: 2 } });
    pull(w.a, w.b);
    expect(forms(w.a).sort()).toEqual(['F', 'G', 'H']);
    expect(selectForms(w.b, null)).toEqual({ removed: 0 });
    pull(w.b, w.a);
    expect(forms(w.b).sort()).toEqual(['F', 'G', 'H']);
  });

  test('[RE17] a cutoff keeps out what was saved before it', () => {
    using w = world();
    w.a.create([textItem('Form', 'old')]);
    w.made.time += SECOND;
    w.b.changeSettings({ cutoff: w.b.now() });
    w.made.time += SECOND;
    w.a.create([textItem('Form', 'new')]);
    pull(w.b, w.a);
    expect(forms(w.b)).toEqual(['new']);
  });
});
