import { describe, expect, test } from 'vitest';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { namesItem, textItem } from '../engine/item-builders.ts';
import { textValues, withItems, withoutItems } from '../engine/item-lookup.ts';
import { temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { pull } from '../replication/replicate.ts';
import { contentOf, replicas } from '../replication/testing/replicas.ts';
import { openNote } from './open-note.ts';
import { copyAndPaste, cutAndPaste } from './paste.ts';

const LAN = { name: 'CN=Lan/O=Party' };

/** A document, its response, and the response to that: UNIDs from the root down. */
function tree(database: EmbeddedDatabase): [string, string, string] {
  const root = database.create([textItem('X', 'root')]).unid;
  const child = database.create([textItem('X', 'child')], { parent: root }).unid;
  return [root, child, database.create([textItem('X', 'grandchild')], { parent: child }).unid];
}

const parentOf = (database: EmbeddedDatabase, unid: string) => database.readBare(unid)?.parent;

function put(database: EmbeddedDatabase, unid: string, value: string): void {
  database.save(unid, (items) => withItems(items, [textItem('X', value)]));
}

describe('a response tree three deep', () => {
  test('[US9] [RE7] [RE15] replicates whole, after a cut too; where Readers keep its root back the leaves are there without', () => {
    using world = replicas(2);
    const [a, b] = world.databases as [EmbeddedDatabase, EmbeddedDatabase];
    const [root, child, grandchild] = tree(a);
    a.save(root, (items) => withItems(items, [namesItem('Nguoi', 'CN=S0/O=Party', 'readers')]));
    world.time += 1000;
    expect(pull(b, a, { cutAfter: 2 })).toMatchObject({ completed: false });
    expect([b.readBare(root), parentOf(b, child), b.readBare(grandchild)]).toEqual([null, root, null]);
    expect(pull(b, a)).toMatchObject({ completed: true });
    expect([b.readBare(root), parentOf(b, grandchild)]).toEqual([null, child]);
    world.time += 1000;
    a.save(root, (items) => withoutItems(items, ['Nguoi']));
    world.time += 1000;
    pull(b, a);
    expect(contentOf(b)).toEqual(contentOf(a));
    expect(b.children(root).map(({ unid }) => unid)).toEqual([child]);
  });

  test('[US9] [RE3] [RE6] its middle in conflict keeps the leaves; its middle deleted leaves them as orphans', () => {
    using world = replicas(2);
    const [a, b] = world.databases as [EmbeddedDatabase, EmbeddedDatabase];
    const [root, child, grandchild] = tree(a);
    world.time += 1000;
    pull(b, a);
    world.time += 1000;
    put(a, child, 'a');
    world.time += 1000;
    put(b, child, 'b');
    world.time += 1000;
    pull(a, b);
    world.time += 1000;
    pull(b, a);
    const [conflict] = [...a.notes()].filter((note) => note.conflict);
    expect([conflict?.parent, parentOf(a, child), parentOf(a, grandchild)]).toEqual([child, root, child]);
    world.time += 1000;
    a.delete(child);
    world.time += 1000;
    pull(b, a);
    expect(contentOf(b)).toEqual(contentOf(a));
    expect([b.readBare(child), parentOf(b, grandchild)]).toEqual([null, child]);
  });

  test('[US3] [US9] a pasted middle comes without leaves, under the same root or another; a cut one leaves orphans', () => {
    using t = temporaryDomino();
    const [root, child, grandchild] = tree(t.database);
    const other = t.domino.createDatabase('other.nsf');
    const copy = copyAndPaste(t.database, child, { into: null, as: LAN });
    expect([parentOf(t.database, copy), t.database.children(copy)]).toEqual([root, []]);
    const under = copyAndPaste(t.database, child, { into: null, as: LAN, under: grandchild });
    expect(parentOf(t.database, under)).toBe(grandchild);
    const moved = cutAndPaste(t.database, child, { into: other, as: LAN });
    expect([parentOf(other, moved), other.readBare(root)]).toEqual([root, null]);
    expect([t.database.readBare(child), parentOf(t.database, grandchild)]).toEqual([null, child]);
    expect(t.database.children(root).map(({ unid }) => unid)).toEqual([copy]);
  });

  test('[US1] [US9] a save conflict of a leaf hangs under the leaf, four deep', () => {
    using t = temporaryDomino();
    const [, , grandchild] = tree(t.database);
    const held = openNote(t.database, LAN, grandchild);
    t.time += 1000;
    put(t.database, grandchild, 'bridge');
    const { unid } = held.save({ written: [textItem('X', 'lan')] });
    expect(t.database.readBare(unid ?? '')).toMatchObject({ parent: grandchild, conflict: true });
    expect(textValues(t.database.readBare(grandchild)?.items ?? [], 'X')).toEqual(['bridge']);
  });
});
