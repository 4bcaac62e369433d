import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { textItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { backUp, createReplica, move, readBackup, restore } from './copies.ts';
import { clearHistory, historyOf } from './history.ts';
import { pull, replicate } from './replicate.ts';
import { contentOf, replicas } from './testing/replicas.ts';

const HOUR = 3_600_000;
const FORM = [textItem('Form', 'F')];

function world(options: Parameters<typeof replicas>[1] = {}) {
  const made = replicas(2, options);
  const [a, b] = made.databases as [EmbeddedDatabase, EmbeddedDatabase];
  const [first, second] = made.servers as [EmbeddedDomino, EmbeddedDomino];
  return { made, a, b, first, second, [Symbol.dispose]: () => made[Symbol.dispose]() };
}

describe('replication history', () => {
  test('[RE8] is kept per partner and direction on both sides, by the clock of the sender', () => {
    using w = world({ skews: [HOUR, 0] });
    const { time } = w.made;
    pull(w.b, w.a);
    expect(historyOf(w.b.file)).toEqual([
      { partner: 'CN=S0/O=Party!!members.nsf', direction: 'receive', at: time + HOUR },
    ]);
    expect(historyOf(w.a.file)).toEqual([
      { partner: 'CN=S1/O=Party!!members.nsf', direction: 'send', at: time + HOUR },
    ]);
  });

  test('[RE8] only what changed since is looked at; nothing is missed by a clock that is ahead or behind', () => {
    for (const skews of [
      [HOUR, 0],
      [-HOUR, 0],
    ]) {
      using w = world({ skews });
      w.a.create(FORM);
      replicate(w.b, w.a);
      w.made.time += 10_000;
      w.a.create(FORM);
      expect(pull(w.b, w.a)).toMatchObject({ full: false, arrivals: { added: 1 } });
      expect(pull(w.b, w.a)).toMatchObject({ full: false, arrivals: {} });
    }
  });

  test('[RE8] what arrives has the time of its arrival in this file, and goes on to the next replica', () => {
    using third = replicas(3);
    const [a, b, c] = third.databases as [EmbeddedDatabase, EmbeddedDatabase, EmbeddedDatabase];
    const { unid, sequenceTime } = a.create(FORM);
    pull(c, b);
    third.time += HOUR;
    pull(b, a);
    expect(b.readBare(unid)).toMatchObject({ sequenceTime, modifiedInFile: b.now(), addedToFile: b.now() });
    expect(pull(c, b)).toMatchObject({ full: false, arrivals: { added: 1 } });
  });

  test('[RE7] a cut leaves the history where it was', () => {
    using w = world();
    for (let index = 0; index < 7; index += 1) w.a.create(FORM);
    expect(pull(w.b, w.a, { cutAfter: 3 })).toMatchObject({ completed: false, arrivals: { added: 3 } });
    expect([historyOf(w.a.file), historyOf(w.b.file)]).toEqual([[], []]);
    expect(pull(w.b, w.a)).toMatchObject({ completed: true, arrivals: { added: 4, kept: 3 } });
    expect(contentOf(w.b)).toEqual(contentOf(w.a));
  });

  test('[RE12] a history from the future hides changes until it is cleared', () => {
    using w = world();
    w.first.clock.step(24 * HOUR);
    pull(w.b, w.a);
    w.first.clock.step(-24 * HOUR);
    w.made.time += HOUR;
    const { unid } = w.a.create(FORM);
    expect(pull(w.b, w.a).arrivals).toEqual({});
    expect(w.b.readBare(unid)).toBeNull();
    expect(clearHistory(w.b.file)).toBe(1);
    expect(pull(w.b, w.a)).toMatchObject({ full: true, arrivals: { added: 1 } });
  });

  test('[RE13] a database restored from a backup is as it was, looks at everything, and gets back what others have', () => {
    using w = world();
    const kept = w.a.create(FORM);
    replicate(w.b, w.a);
    const backup = join(w.first.root, 'a.backup');
    backUp(w.a, backup);
    expect(() => backUp(w.a, backup)).toThrow(expect.objectContaining({ code: 'exists' }));
    expect(readBackup(backup)).toMatchObject({ title: 'Đảng viên', replicaId: w.a.replicaId, notes: 1 });
    w.made.time += HOUR;
    const shared = w.a.create(FORM);
    w.a.save(kept.unid, (items) => withItems(items, [textItem('X', '1')]));
    replicate(w.b, w.a);
    w.made.time += HOUR;
    const unsent = w.a.create(FORM);
    const restored = restore(w.first, 'members.nsf', backup);
    expect(w.first.openDatabase('members.nsf')).toBe(restored);
    expect([restored.count(), restored.readBare(kept.unid)?.sequence]).toEqual([1, 1]);
    expect(pull(restored, w.b)).toMatchObject({ full: true, arrivals: { added: 1, updated: 1 } });
    expect(restored.readBare(shared.unid)).not.toBeNull();
    expect(restored.readBare(unsent.unid)).toBeNull();
    const later = new DatabaseSync(backup);
    later.exec('PRAGMA user_version = 99');
    later.close();
    for (const wrong of [join(w.first.root, 'server.json'), join(w.first.root, 'absent'), backup]) {
      expect(() => restore(w.first, 'members.nsf', wrong)).toThrow(
        expect.objectContaining({ code: 'rejected' }),
      );
    }
    expect(restored.count()).toBe(2);
  });

  test('[RE13] a database that was moved keeps its notes and its note IDs, and is another partner', () => {
    using w = world();
    const note = w.a.create(FORM);
    replicate(w.b, w.a);
    w.second.deleteDatabase('members.nsf');
    const moved = move(w.first, 'members.nsf', w.second, 'moved/members.nsf');
    expect(w.first.hasDatabase('members.nsf')).toBe(false);
    expect(moved.readBare(note.unid)).toMatchObject({
      noteId: note.noteId,
      modifiedInFile: note.modifiedInFile,
    });
    const { replica, report } = createReplica(moved, w.first, 'members.nsf');
    expect(report).toMatchObject({ full: true, arrivals: { added: 1 } });
    expect(contentOf(replica)).toEqual(contentOf(moved));
    expect(() => move(w.first, 'members.nsf', w.second, 'moved/members.nsf')).toThrow(
      expect.objectContaining({ code: 'exists' }),
    );
  });

  test('[RE13] databases of another replica ID do not replicate', () => {
    using w = world();
    const other = w.first.createDatabase('other.nsf');
    expect(() => pull(other, w.b)).toThrow(expect.objectContaining({ code: 'rejected' }));
    expect(() => pull(w.a, w.a)).toThrow(expect.objectContaining({ code: 'rejected' }));
  });
});
