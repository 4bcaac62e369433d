import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { textItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { softDeleted } from '../engine/soft-deletion.ts';
import { DAY_MS, purgeDatabase } from './purge.ts';
import { pull, replicate } from './replicate.ts';
import { replicas } from './testing/replicas.ts';

const SECOND = 1000;

function world(options: Parameters<typeof replicas>[1] = {}) {
  const made = replicas(2, options);
  const [a, b] = made.databases as [EmbeddedDatabase, EmbeddedDatabase];
  const { unid } = a.create([textItem('Form', 'F')]);
  const edit = (database: EmbeddedDatabase, name: string): void => {
    made.time += SECOND;
    database.save(unid, (items) => withItems(items, [textItem(name, 'x')]));
  };
  const remove = (database: EmbeddedDatabase): void => {
    made.time += SECOND;
    database.delete(unid);
  };
  pull(b, a);
  made.time += SECOND;
  return { made, a, b, unid, edit, remove, [Symbol.dispose]: () => made[Symbol.dispose]() };
}

const alive = (database: EmbeddedDatabase, unid: string): boolean => database.readBare(unid) !== null;

describe('deletions', () => {
  test('[RE6] a deletion wins over one edit before it; an edit wins that comes later or is not the only one; never a conflict', () => {
    using before = world();
    before.edit(before.b, 'X');
    before.remove(before.a);
    replicate(before.b, before.a);
    expect([alive(before.a, before.unid), alive(before.b, before.unid)]).toEqual([false, false]);

    using after = world();
    after.remove(after.a);
    after.edit(after.b, 'X');
    replicate(after.b, after.a);
    expect([alive(after.a, after.unid), alive(after.b, after.unid)]).toEqual([true, true]);
    expect(after.a.stubs()).toEqual([]);

    using twice = world();
    twice.edit(twice.b, 'X');
    twice.edit(twice.b, 'Y');
    twice.remove(twice.a);
    replicate(twice.b, twice.a);
    expect([alive(twice.a, twice.unid), twice.a.count(), twice.b.count()]).toEqual([true, 1, 1]);
  });

  test('[RE6] a stub arrives with the time of its arrival in the file, and its own version', () => {
    using w = world();
    w.remove(w.a);
    const [sent] = w.a.stubs();
    w.made.time += 60 * SECOND;
    pull(w.b, w.a);
    expect(w.b.stubs()).toMatchObject([
      { unid: w.unid, sequence: sent?.sequence, sequenceTime: sent?.sequenceTime, deletedAt: w.b.now() },
    ]);
  });

  test('[RE6] a soft deletion travels when its time is over, and an edit elsewhere brings the note back before', () => {
    using w = world();
    w.a.changeSettings({ softDeleteHours: 24 });
    w.remove(w.a);
    pull(w.b, w.a);
    expect(alive(w.b, w.unid)).toBe(true);
    w.edit(w.b, 'X');
    pull(w.a, w.b);
    expect([alive(w.a, w.unid), softDeleted(w.a.file)]).toEqual([true, []]);
    w.remove(w.a);
    w.made.time += DAY_MS;
    pull(w.b, w.a);
    expect([alive(w.b, w.unid), w.b.stubs().length]).toEqual([false, 1]);
  });

  test('[RE9] within the purge interval a laptop that was away brings nothing back; afterwards its notes are new ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (days) => {
        using w = world();
        w.remove(w.a);
        w.made.time += days * DAY_MS;
        purgeDatabase(w.a);
        replicate(w.a, w.b);
        const zombie = days > 90;
        expect([days, alive(w.a, w.unid), alive(w.b, w.unid)]).toEqual([days, zombie, zombie]);
      }),
      { numRuns: 8, examples: [[89], [90], [91]] },
    );
  });

  test('[RE9] a replication purges by itself once a third of the interval has passed', () => {
    using w = world();
    w.remove(w.a);
    w.made.time += 100 * DAY_MS;
    expect(pull(w.a, w.b).arrivals).toEqual({ added: 1 });
    expect(w.a.stubs()).toEqual([]);
  });

  test('[RE10] purge interval replication control refuses what is older than the interval and not here', () => {
    using w = world();
    w.a.changeSettings({ pirc: true });
    w.remove(w.a);
    w.made.time += 100 * DAY_MS;
    expect(pull(w.a, w.b).arrivals).toEqual({ 'left-out': 1 });
    const { unid } = w.b.create([textItem('Form', 'F')]);
    pull(w.a, w.b);
    expect([alive(w.a, w.unid), alive(w.a, unid)]).toEqual([false, true]);
  });

  test('[RE9] the age of a stub counts from the deletion, by the other switch from its arrival', () => {
    for (const [stubAge, left] of [
      ['deletion', 0],
      ['arrival', 1],
    ] as const) {
      using w = world({ quirks: { stubAge } });
      w.remove(w.a);
      w.made.time += 80 * DAY_MS;
      pull(w.b, w.a);
      w.made.time += 20 * DAY_MS;
      expect(purgeDatabase(w.b, { dryRun: true }).stubs).toBe(1 - left);
      purgeDatabase(w.b);
      expect(w.b.stubs()).toHaveLength(left);
    }
  });

  test('[RE11] a replica keeps its deletions to itself, or takes none of others, where it is told to', () => {
    using keeps = world();
    keeps.a.changeSettings({ keepsDeletions: true });
    keeps.remove(keeps.a);
    replicate(keeps.b, keeps.a);
    expect([alive(keeps.a, keeps.unid), alive(keeps.b, keeps.unid)]).toEqual([false, true]);
    using ignores = world();
    ignores.b.changeSettings({ ignoresDeletions: true });
    ignores.remove(ignores.a);
    replicate(ignores.b, ignores.a);
    expect([alive(ignores.a, ignores.unid), alive(ignores.b, ignores.unid)]).toEqual([false, true]);
  });

  test('[RE11] a replica that removes old documents leaves no stub, and loses them alone', () => {
    using w = world();
    w.b.changeSettings({ removesOldDocuments: true });
    w.made.time += 91 * DAY_MS;
    expect(purgeDatabase(w.b).documents).toBe(1);
    expect([alive(w.b, w.unid), w.b.stubs()]).toEqual([false, []]);
    replicate(w.a, w.b);
    expect(alive(w.a, w.unid)).toBe(true);
  });
});
