import { expect, it } from 'vitest';
import type { SyncStore } from '../port.ts';
import { verifyJournal } from '../store/journal-chain.ts';
import { AT, insertPair, LATER, newEntry, newLink } from './testing/samples.ts';

export function describeJournal(storeOf: () => SyncStore): void {
  it('chains what is appended, in order, across transactions', async () => {
    const linkId = await newLink(storeOf());
    const pair = await insertPair(storeOf(), linkId);
    const entries = [
      newEntry(pair, { event: 'create-record', at: '2026-03-01T15:00:00+07:00' }),
      newEntry(null, { event: 'brake', values: null, by: 'officer', reason: 'checked \0 by phone \uD800' }),
      newEntry(pair, { fields: ['name', 'tên\0'], values: {} }),
    ];
    await storeOf().transaction(null, (tx) => tx.appendJournal(linkId, entries.slice(0, 2)));
    await storeOf().transaction(null, async (tx) => {
      await tx.appendJournal(linkId, []);
      await tx.appendJournal(linkId, entries.slice(2));
    });
    const rows = await storeOf().journal(linkId, 0, 100);
    expect(rows.map((row) => [row.sequence, row.event])).toStrictEqual([
      [1, 'create-record'],
      [2, 'brake'],
      [3, 'update-record'],
    ]);
    expect(rows[0]).toMatchObject({
      linkId,
      at: AT,
      pairId: pair.id,
      recordId: pair.recordId,
      unid: pair.unid,
    });
    expect(rows[1]).toMatchObject({ by: 'officer', reason: 'checked \uFFFD by phone \uFFFD', digest: null });
    expect(rows[2]).toMatchObject({ fields: ['name', 'tên\0'] });
    expect(verifyJournal(rows)).toStrictEqual({ intact: true, head: { sequence: 3, hash: rows[2]?.hash } });
    expect(await storeOf().journal(linkId, 1, 1)).toStrictEqual([rows[1]]);
    expect(await storeOf().journalOfPair(pair.id)).toStrictEqual([rows[0], rows[2]]);
  });

  it('leaves no gap where a transaction failed', async () => {
    const linkId = await newLink(storeOf());
    const entry = newEntry(null, { values: null });
    await storeOf().transaction(null, (tx) => tx.appendJournal(linkId, [entry]));
    const failed = storeOf().transaction(null, async (tx) => {
      await tx.appendJournal(linkId, [entry]);
      throw new Error('the work failed');
    });
    await expect(failed).rejects.toThrow('the work failed');
    await storeOf().transaction(null, (tx) => tx.appendJournal(linkId, [entry]));
    const rows = await storeOf().journal(linkId, 0, 100);
    expect(rows.map((row) => row.sequence)).toStrictEqual([1, 2]);
    expect(verifyJournal(rows).intact).toBe(true);
  });

  it('appends from many transactions at once without losing or forking', async () => {
    const linkId = await newLink(storeOf());
    const pair = await insertPair(storeOf(), linkId);
    const entries = [newEntry(pair), newEntry(pair)];
    const appends = Array.from({ length: 10 }, () =>
      storeOf().transaction(null, (tx) => tx.appendJournal(linkId, entries)),
    );
    await Promise.all(appends);
    const rows = await storeOf().journal(linkId, 0, 100);
    expect(rows).toHaveLength(20);
    expect(verifyJournal(rows).intact).toBe(true);
  });

  it('digests equal values of one record alike and of two records differently', async () => {
    const linkId = await newLink(storeOf());
    const [one, two] = [await insertPair(storeOf(), linkId), await insertPair(storeOf(), linkId)];
    const entries = [
      newEntry(one, { values: { a: 1, b: 'x' } }),
      newEntry(one, { values: { b: 'x', a: 1 } }),
      newEntry(two, { values: { a: 1, b: 'x' } }),
      newEntry(one, { values: { a: 1, b: 'y' } }),
    ];
    await storeOf().transaction(null, (tx) => tx.appendJournal(linkId, entries));
    const digests = (await storeOf().journal(linkId, 0, 9)).map((row) => row.digest);
    expect(digests[0]).toBe(digests[1]);
    expect(new Set(digests).size).toBe(3);
  });

  it('counts effects by lane since an instant', async () => {
    const linkId = await newLink(storeOf());
    const events = [
      'remove-record',
      'delete-note',
      'hide-record',
      'update-record',
      'update-note',
      'create-note',
      'brake',
    ];
    const entries = [AT, LATER].flatMap((at) =>
      events.map((event) => newEntry(null, { event, at, values: null })),
    );
    await storeOf().transaction(null, (tx) => tx.appendJournal(linkId, entries));
    expect(await storeOf().effectsSince(linkId, AT)).toStrictEqual({ deletes: 6, updates: 4 });
    expect(await storeOf().effectsSince(linkId, LATER)).toStrictEqual({ deletes: 3, updates: 2 });
    expect(await storeOf().effectsSince(linkId, '2026-03-02T00:00:00.000Z')).toStrictEqual({
      deletes: 0,
      updates: 0,
    });
  });
}
