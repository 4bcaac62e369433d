import { expect, it } from 'vitest';
import type { Pair } from '../../../src/sync/pair.ts';
import type { PairJoin, SyncStore } from '../port.ts';
import { AT, insertPair, LATER, newIntent, newLink, newQuarantine, newTombstone } from './testing/samples.ts';

function ids(pairs: readonly Pair[]): string[] {
  return pairs.map((pair) => pair.id);
}

export function describePairLists(storeOf: () => SyncStore): void {
  it('finds pairs by id, UNID in one replica set, and record', async () => {
    const linkId = await newLink(storeOf());
    const [one, two] = [await insertPair(storeOf(), linkId), await insertPair(storeOf(), linkId)];
    const twin = await insertPair(storeOf(), await newLink(storeOf()), { unid: one.unid });
    const both = [one.id, two.id];
    expect(ids(await storeOf().pairsById([two.id, 'no-such-pair', one.id]))).toStrictEqual(both);
    const unids = [two.unid ?? '', one.unid ?? '', 'F'.repeat(32)];
    expect(ids(await storeOf().pairsByUnid(linkId, unids))).toStrictEqual(both);
    expect(ids(await storeOf().pairsByRecord([two.recordId, twin.recordId]))).toStrictEqual([
      two.id,
      twin.id,
    ]);
    expect(await storeOf().pairsByUnid(linkId, [])).toStrictEqual([]);
  });

  it('finds pairs by their own key in any link, by the parent key in one, never tombstones', async () => {
    const [linkId, otherLink] = [await newLink(storeOf()), await newLink(storeOf())];
    const key = `key of ${linkId}`;
    const here = await insertPair(storeOf(), linkId, { parentKey: key });
    const there = await insertPair(storeOf(), otherLink, { parentKey: key });
    const dead = await insertPair(storeOf(), linkId, { parentKey: key });
    const task = await insertPair(storeOf(), linkId, { entity: 'task' });
    await storeOf().transaction(null, (tx) =>
      tx.updatePairs([
        { id: here.id, version: 1, key },
        { id: there.id, version: 1, key },
        { id: dead.id, version: 1, key, status: 'tombstone' },
        { id: task.id, version: 1, key },
      ]),
    );
    expect(ids(await storeOf().pairsByKey('member', [key, 'other']))).toStrictEqual([here.id, there.id]);
    expect(ids(await storeOf().pairsByParentKey(linkId, ['other', key]))).toStrictEqual([here.id]);
  });

  it('lists runnable pairs with a note in entity order, then id order, up to the limit, then those without', async () => {
    const linkId = await newLink(storeOf());
    const task = await insertPair(storeOf(), linkId, { entity: 'task' });
    const cell = await insertPair(storeOf(), linkId, { entity: 'cell' });
    const member = await insertPair(storeOf(), linkId);
    const blocked = await insertPair(storeOf(), linkId);
    await insertPair(storeOf(), linkId, { pending: false });
    await insertPair(storeOf(), linkId, { entity: 'unmapped' });
    await insertPair(storeOf(), await newLink(storeOf()));
    const noteless = await insertPair(storeOf(), linkId, { entity: 'cell', unid: null });
    const second = await insertPair(storeOf(), linkId, { entity: 'cell' });
    await storeOf().transaction(null, (tx) =>
      tx.updatePairs([{ id: blocked.id, version: 1, blocked: 'held' }]),
    );
    const order = ['cell', 'member', 'task'];
    const expected = [cell.id, second.id, member.id, task.id, noteless.id];
    expect(ids(await storeOf().pendingPairs(linkId, order, 100))).toStrictEqual(expected);
    expect(ids(await storeOf().pendingPairs(linkId, order, 3))).toStrictEqual(expected.slice(0, 3));
  });

  it('joins a pair to a record: of no pair, of a pair without a note, of a pair whose note moved', async () => {
    const linkId = await newLink(storeOf());
    const notes = [];
    for (let count = 0; count < 3; count++) notes.push(await insertPair(storeOf(), linkId));
    const [free, adopted, moved] = notes;
    const noteless = await insertPair(storeOf(), linkId, { unid: null, bornIn: 'handbook' });
    const old = await insertPair(storeOf(), linkId, { status: 'missing' });
    await storeOf().transaction(null, (tx) => tx.putQuarantine([newQuarantine(noteless)]));
    const common = { version: 1, key: 'k', seenHandbook: 4, handbookSight: 'live', bornIn: 'notes' } as const;
    const unknown = { base: {}, baseMapping: '' };
    const joins: PairJoin[] = [
      { ...common, ...unknown, id: free?.id ?? '', recordId: `${linkId} free`, from: null },
      {
        ...common,
        ...unknown,
        id: adopted?.id ?? '',
        recordId: noteless.recordId,
        from: { id: noteless.id, version: 1, retiredRecordId: null },
      },
      {
        ...common,
        id: moved?.id ?? '',
        recordId: old.recordId,
        base: { title: 'x' },
        baseMapping: '1.2',
        from: { id: old.id, version: 1, retiredRecordId: `${linkId} retired` },
      },
    ];
    const join = (some: readonly PairJoin[]) => storeOf().transaction(null, (tx) => tx.joinPairs(some));
    expect(await join(joins.map((one) => ({ ...one, version: 9 })))).toEqual(new Set());
    expect(await join(joins)).toEqual(new Set(joins.map((one) => one.id)));
    const now = await storeOf().pairsById(joins.map((one) => one.id));
    for (const [at, { id, recordId, base, baseMapping }] of joins.entries())
      expect(now[at]).toMatchObject({
        id,
        recordId,
        base,
        baseMapping,
        key: 'k',
        seenHandbook: 4,
        version: 2,
      });
    expect(await storeOf().pairsById([noteless.id])).toEqual([]);
    expect(await storeOf().quarantined({ linkId, limit: 9 })).toEqual([]);
    const [retired] = await storeOf().pairsById([old.id]);
    // The id is one of no record: nothing was ever seen of it.
    expect(retired).toMatchObject({
      status: 'tombstone',
      reason: 'moved',
      recordId: `${linkId} retired`,
      seenHandbook: 0,
      syncedHandbook: 0,
      handbookSight: 'absent',
      // [TO2] Whatever comes back under its UNID is news.
      seenNotes: null,
    });
    expect(await join([])).toEqual(new Set());
  });

  it('joins no pair that crossed, and takes no record from a pair on which an intent hangs', async () => {
    const linkId = await newLink(storeOf());
    const crossed = await insertPair(storeOf(), linkId, { status: 'live' });
    const note = await insertPair(storeOf(), linkId);
    const busy = await insertPair(storeOf(), linkId, { unid: null });
    await storeOf().transaction(null, (tx) => tx.putIntents([newIntent(busy.id)]));
    const common = { version: 1, key: 'k', seenHandbook: 1, handbookSight: 'live', bornIn: 'notes' } as const;
    const rest = { ...common, base: {}, baseMapping: '' };
    const joined = await storeOf().transaction(null, (tx) =>
      tx.joinPairs([
        { ...rest, id: crossed.id, recordId: `${linkId} other`, from: null },
        {
          ...rest,
          id: note.id,
          recordId: busy.recordId,
          from: { id: busy.id, version: 1, retiredRecordId: null },
        },
      ]),
    );
    expect(joined).toEqual(new Set());
    expect(ids(await storeOf().pairsByRecord([busy.recordId]))).toEqual([busy.id]);
  });

  it('goes through the UNIDs of a link in order', async () => {
    const linkId = await newLink(storeOf());
    const unids = ['0', 'A', 'B', '9', 'F'].map((digit) => digit.repeat(32));
    for (const unid of unids) {
      await insertPair(storeOf(), linkId, { unid, status: unid.startsWith('B') ? 'tombstone' : 'live' });
    }
    await insertPair(storeOf(), linkId, { unid: null });
    const seen: (string | null)[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: readonly Pair[] = await storeOf().pairsAfterUnid(linkId, after, 2);
      seen.push(...page.map((pair) => pair.unid));
      after = page.at(-1)?.unid ?? null;
      more = page.length > 0;
    }
    expect(seen).toStrictEqual(['0', '9', 'A', 'F'].map((digit) => digit.repeat(32)));
  });

  it('goes through the pairs of a link in id order, of all or some statuses', async () => {
    const linkId = await newLink(storeOf());
    const one = await insertPair(storeOf(), linkId, { status: 'live' });
    const two = await insertPair(storeOf(), linkId, { status: 'tombstone' });
    const three = await insertPair(storeOf(), linkId, { status: 'withheld' });
    expect(ids(await storeOf().pairsAfter(linkId, null, 2))).toStrictEqual([one.id, two.id]);
    expect(ids(await storeOf().pairsAfter(linkId, two.id, 2))).toStrictEqual([three.id]);
    const some = await storeOf().pairsAfter(linkId, null, 9, ['live', 'withheld']);
    expect(ids(some)).toStrictEqual([one.id, three.id]);
  });

  it('keeps intents until they are deleted; the newest word on an op stands', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const first = newIntent(pair.id, {
      opId: `${pair.id}-1`,
      fields: { name: '\0', tags: ['a'], none: null },
    });
    const second = newIntent(pair.id, { opId: `${pair.id}-2`, side: 'handbook', kind: 'create' });
    const renewed = { ...first, settlesAt: AT, fence: 2 };
    await storeOf().transaction(null, (tx) => tx.putIntents([first, second]));
    expect(await storeOf().intents([pair.id])).toStrictEqual([first, second]);
    await storeOf().transaction(null, (tx) => tx.putIntents([first, renewed]));
    await storeOf().transaction(null, (tx) => tx.deleteIntents([second.opId]));
    expect(await storeOf().intents([pair.id])).toStrictEqual([renewed]);
  });

  it('keeps the first tombstone of a record', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const first = newTombstone(pair, { key: `key of ${pair.id}` });
    await storeOf().transaction(null, (tx) => tx.putTombstones([first]));
    await storeOf().transaction(null, (tx) =>
      tx.putTombstones([{ ...first, evidence: 'operator', at: LATER }]),
    );
    expect(await storeOf().tombstonesByUnid(pair.replicaSet, [pair.unid ?? ''])).toStrictEqual([first]);
    expect(await storeOf().tombstonesByKey('member', [first.key ?? ''])).toStrictEqual([first]);
    expect(await storeOf().tombstonesByKey('task', [first.key ?? ''])).toStrictEqual([]);
  });
}
