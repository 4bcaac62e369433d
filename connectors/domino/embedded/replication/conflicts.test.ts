import { describe, expect, test } from 'vitest';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EngineQuirks } from '../engine/engine-quirks.ts';
import { richTextItem, textItem } from '../engine/item-builders.ts';
import { findItem, textValues, withItems } from '../engine/item-lookup.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import { pull } from './replicate.ts';
import { contentOf, type Replicas, replicas } from './testing/replicas.ts';

const SECOND = 1000;

interface Pair extends Disposable {
  readonly world: Replicas;
  readonly a: EmbeddedDatabase;
  readonly b: EmbeddedDatabase;
  /** A note that both have. */
  readonly unid: string;
}

function pair(items: readonly StoredItem[] = [], quirks: Partial<EngineQuirks> = {}): Pair {
  const world = replicas(2, { quirks });
  const [a, b] = world.databases as [EmbeddedDatabase, EmbeddedDatabase];
  const { unid } = a.create([textItem('Form', 'F'), textItem('X', '0'), textItem('Y', '0'), ...items]);
  world.time += SECOND;
  pull(b, a);
  return { world, a, b, unid, [Symbol.dispose]: () => world[Symbol.dispose]() };
}

function edit({ world, unid }: Pair, database: EmbeddedDatabase, name: string, value: string): void {
  world.time += SECOND;
  database.save(unid, (items) => withItems(items, [textItem(name, value)]), { by: `CN=${value}/O=P` });
}

function value(note: StoredNote | null, name: string): string | undefined {
  return note === null ? undefined : textValues(note.items, name)[0];
}

const conflictsIn = (database: EmbeddedDatabase) => [...database.notes()].filter(({ conflict }) => conflict);

describe('replication conflicts', () => {
  test('[RE2] saved more often wins over saved later; of equally often the later', () => {
    using more = pair();
    edit(more, more.a, 'X', 'a1');
    edit(more, more.a, 'X', 'a2');
    edit(more, more.b, 'X', 'b1');
    pull(more.b, more.a);
    expect(value(more.b.read(more.unid), 'X')).toBe('a2');
    using later = pair();
    edit(later, later.a, 'X', 'a1');
    edit(later, later.b, 'X', 'b1');
    pull(later.a, later.b);
    expect(value(later.a.read(later.unid), 'X')).toBe('b1');
  });

  test('[RE3] the loser becomes a response with $Conflict, on the side that held it; the other sees it one replication later', () => {
    using p = pair();
    edit(p, p.a, 'X', 'a1');
    edit(p, p.b, 'Y', 'b1');
    expect(pull(p.b, p.a).arrivals).toEqual({ kept: 1 });
    expect(conflictsIn(p.b)).toEqual([]);
    expect(pull(p.a, p.b).arrivals).toEqual({ conflict: 1 });
    const [loser] = conflictsIn(p.a);
    expect(loser).toMatchObject({ parent: p.unid, sequence: 1 });
    expect(loser?.unid).not.toBe(p.unid);
    expect([value(loser ?? null, 'X'), value(loser ?? null, 'Y')]).toEqual(['a1', '0']);
    expect([value(p.a.read(p.unid), 'X'), value(p.a.read(p.unid), 'Y')]).toEqual(['0', 'b1']);
    expect(conflictsIn(p.b)).toEqual([]);
    pull(p.b, p.a);
    expect(contentOf(p.b)).toEqual(contentOf(p.a));
  });

  test('[RE4] rich text saved again unchanged on both sides is a conflict, too', () => {
    using p = pair([richTextItem('Body', new Uint8Array([1]))]);
    for (const database of [p.a, p.b]) {
      p.world.time += SECOND;
      database.save(p.unid, (items) => withItems(items, [richTextItem('Body', new Uint8Array([1]))]));
    }
    expect(pull(p.a, p.b).arrivals).toEqual({ conflict: 1 });
  });

  test('[RE4] a newer version of the same line is no conflict, however many saves are between', () => {
    using p = pair();
    for (let round = 0; round < 5; round += 1) edit(p, p.a, 'X', `a${round}`);
    expect(pull(p.b, p.a).arrivals).toEqual({ updated: 1 });
    edit(p, p.b, 'X', 'b');
    expect(pull(p.a, p.b).arrivals).toEqual({ updated: 1 });
  });

  test('[RE4] without a look at $Revisions the higher sequence swallows the other edit', () => {
    using p = pair([], { divergence: 'equal-sequence' });
    edit(p, p.a, 'X', 'a1');
    edit(p, p.b, 'Y', 'b1');
    edit(p, p.b, 'Y', 'b2');
    expect(pull(p.a, p.b).arrivals).toEqual({ updated: 1 });
    expect([value(p.a.read(p.unid), 'X'), conflictsIn(p.a)]).toEqual(['0', []]);
    using equal = pair([], { divergence: 'equal-sequence' });
    edit(equal, equal.a, 'X', 'a1');
    edit(equal, equal.b, 'Y', 'b1');
    expect(pull(equal.a, equal.b).arrivals).toEqual({ conflict: 1 });
  });

  test.each(['1', '3'])(
    '[RE5] $ConflictAction %s merges different items into a version that both sides take',
    (action) => {
      using p = pair([textItem('$ConflictAction', action)], { divergence: 'revisions' });
      edit(p, p.a, 'X', 'a1');
      edit(p, p.b, 'Y', 'b1');
      edit(p, p.b, 'Y', 'b2');
      expect(pull(p.b, p.a).arrivals).toEqual({ merged: 1 });
      expect(pull(p.a, p.b).arrivals).toEqual({ updated: 1 });
      expect(contentOf(p.a)).toEqual(contentOf(p.b));
      const merged = p.a.read(p.unid);
      expect([value(merged, 'X'), value(merged, 'Y'), merged?.sequence]).toEqual(['a1', 'b2', 4]);
      expect(textValues(merged?.items ?? [], '$UpdatedBy')).toEqual(['CN=a1/O=P', 'CN=b1/O=P', 'CN=b2/O=P']);
    },
  );

  test('[RE5] an item removed on one side and untouched on the other stays removed', () => {
    using p = pair([textItem('$ConflictAction', '1')]);
    p.world.time += SECOND;
    p.a.save(p.unid, (items) => items.filter(({ name }) => name !== 'X'));
    edit(p, p.b, 'Y', 'b1');
    pull(p.a, p.b);
    const merged = p.a.read(p.unid)?.items ?? [];
    expect([findItem(merged, 'X'), textValues(merged, 'Y')]).toEqual([undefined, ['b1']]);
  });

  test('[RE5] the same item changed on both sides is a conflict even then, or the loser is dropped where none is wanted', () => {
    for (const [action, kept] of [
      ['1', 1],
      ['2', 0],
      ['3', 0],
    ] as const) {
      using p = pair([textItem('$ConflictAction', action)]);
      edit(p, p.a, 'X', 'a1');
      edit(p, p.b, 'X', 'b1');
      pull(p.a, p.b);
      expect([value(p.a.read(p.unid), 'X'), conflictsIn(p.a).length]).toEqual(['b1', kept]);
    }
  });

  test('[RE5] an item has its own sequence: written again it moved, by the other switch only with its value', () => {
    for (const [itemSequence, merged] of [
      ['written', 0],
      ['changed', 1],
    ] as const) {
      using p = pair([textItem('$ConflictAction', '1')], { itemSequence });
      p.world.time += SECOND;
      p.a.save(p.unid, (items) => withItems(items, [textItem('X', '0'), textItem('Y', 'a1')]));
      edit(p, p.b, 'X', 'b1');
      expect(pull(p.a, p.b).arrivals).toEqual(merged === 1 ? { merged: 1 } : { conflict: 1 });
    }
  });

  test('[RE14] two versions of one sequence and one time never replicate, whatever they hold', () => {
    using p = pair();
    const note = p.a.read(p.unid);
    if (note === null) throw new Error('no note');
    p.b.import([{ ...note, items: [textItem('Form', 'F'), textItem('X', 'other')] }]);
    expect(pull(p.a, p.b).arrivals).toEqual({ kept: 1 });
    expect(value(p.a.read(p.unid), 'X')).toBe('0');
  });
});
