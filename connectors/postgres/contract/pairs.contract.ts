import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pair } from '../../../src/sync/pair.ts';
import type { PairPatch, SyncStore } from '../port.ts';
import { insertPair, newLink, newPair, newUnid } from './testing/samples.ts';

export function describePairs(storeOf: () => SyncStore): void {
  async function read(id: string): Promise<Pair> {
    const [pair] = await storeOf().pairsById([id]);
    if (pair === undefined) throw new Error(`pair ${id} is not there`);
    return pair;
  }

  function update(...patches: readonly PairPatch[]): Promise<ReadonlySet<string>> {
    return storeOf().transaction(null, (tx) => tx.updatePairs(patches));
  }

  it('inserts a pair without key, base and effects, at version 1', async () => {
    const linkId = await newLink(storeOf());
    const pair = await insertPair(storeOf(), linkId, { reason: 'unmarked', parentKey: 'CB-07' });
    expect(await read(pair.id)).toStrictEqual({
      ...pair,
      key: null,
      base: {},
      baseMapping: '',
      syncedNotes: null,
      syncedHandbook: 0,
      blocked: null,
      effects: [],
      version: 1,
    });
  });

  it('leaves alone what is bound already and says which ids went in', async () => {
    const linkId = await newLink(storeOf());
    const bound = await insertPair(storeOf(), linkId);
    const sameNote = newPair(linkId, { unid: bound.unid });
    const sameRecord = newPair(linkId, { recordId: bound.recordId });
    const sameNoteElsewhere = newPair(linkId, { unid: bound.unid, replicaSet: 'another' });
    const withoutNote = [newPair(linkId, { unid: null }), newPair(linkId, { unid: null })];
    const twice = newPair(linkId);
    const batch = [
      sameNote,
      sameRecord,
      sameNoteElsewhere,
      ...withoutNote,
      twice,
      newPair(linkId, { unid: twice.unid }),
    ];
    const inserted = await storeOf().transaction(null, (tx) => tx.insertPairs(batch));
    const expected = [sameNoteElsewhere, ...withoutNote, twice].map((pair) => pair.id);
    expect([...inserted].sort()).toStrictEqual(expected.sort());
    expect((await read(bound.id)).unid).toBe(bound.unid);
  });

  it('applies a patch only to the version that was read', async () => {
    const linkId = await newLink(storeOf());
    const [stale, fresh] = [await insertPair(storeOf(), linkId), await insertPair(storeOf(), linkId)];
    expect(await update({ id: stale.id, version: 1, status: 'live' })).toStrictEqual(new Set());
    const missed = await update(
      { id: stale.id, version: 1, status: 'missing', key: 'lost' },
      { id: fresh.id, version: 1, status: 'withheld' },
      { id: 'no-such-pair', version: 1, status: 'live' },
    );
    expect(missed).toStrictEqual(new Set([stale.id, 'no-such-pair']));
    expect(await read(stale.id)).toMatchObject({ status: 'live', key: null, version: 2 });
    expect(await read(fresh.id)).toMatchObject({ status: 'withheld', version: 2 });
  });

  it('takes two patches of one pair in a batch one after the other', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const [first, stale] = [
      { id: pair.id, version: 1, key: 'first' },
      { id: pair.id, version: 1, key: 'stale', reason: 'stale' },
    ];
    expect(await update(first, stale)).toStrictEqual(new Set([pair.id]));
    expect(await read(pair.id)).toMatchObject({ key: 'first', reason: null, version: 2 });
    expect(await update({ ...first, version: 2 }, { ...stale, version: 3 })).toStrictEqual(new Set());
    expect(await read(pair.id)).toMatchObject({ key: 'stale', reason: 'stale', version: 4 });
  });

  it('counts a patch as missed that would bind a UNID of another pair', async () => {
    const linkId = await newLink(storeOf());
    const owner = await insertPair(storeOf(), linkId);
    const other = await insertPair(storeOf(), linkId, { unid: null, bornIn: 'handbook' });
    const bystander = await insertPair(storeOf(), linkId, { unid: null, bornIn: 'handbook' });
    const unid = newUnid();
    const missed = await update(
      { id: other.id, version: 1, unid: owner.unid },
      { id: bystander.id, version: 1, unid },
    );
    expect(missed).toStrictEqual(new Set([other.id]));
    expect((await read(other.id)).unid).toBeNull();
    expect((await read(bystander.id)).unid).toBe(unid);
    expect(await update({ id: owner.id, version: 1, unid: owner.unid, status: 'live' })).toStrictEqual(
      new Set(),
    );
  });

  it('changes exactly the members of a patch, whatever they hold', async () => {
    const linkId = await newLink(storeOf());
    await fc.assert(
      fc.asyncProperty(fc.array(patchMembers, { minLength: 1, maxLength: 4 }), async (patches) => {
        const pair = await insertPair(storeOf(), linkId);
        let expected = await read(pair.id);
        for (const patch of patches) {
          expect(await update({ ...patch, id: pair.id, version: expected.version })).toStrictEqual(new Set());
          expected = { ...expected, ...patch, version: expected.version + 1 };
          expect(await read(pair.id)).toStrictEqual(expected);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps out of a key what PostgreSQL cannot hold, and finds the pair by it', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const neighbour = await insertPair(storeOf(), pair.linkId);
    const key = `${pair.id}\0\uD800`;
    const missed = await update(
      { id: pair.id, version: 1, key },
      { id: neighbour.id, version: 1, key: 'fine' },
    );
    expect(missed).toStrictEqual(new Set());
    expect((await storeOf().pairsByKey('member', [key])).map((found) => found.id)).toStrictEqual([pair.id]);
  });

  it('unblocks the pairs of one link and one reason', async () => {
    const [linkId, otherLink] = [await newLink(storeOf()), await newLink(storeOf())];
    const held = await insertPair(storeOf(), linkId);
    const braked = await insertPair(storeOf(), linkId);
    const elsewhere = await insertPair(storeOf(), otherLink);
    await update(
      { id: held.id, version: 1, blocked: 'held' },
      { id: braked.id, version: 1, blocked: 'brake-deletes' },
      { id: elsewhere.id, version: 1, blocked: 'held' },
    );
    expect(await storeOf().transaction(null, (tx) => tx.unblock(linkId, 'held'))).toBe(1);
    expect(await read(held.id)).toMatchObject({ blocked: null, version: 3 });
    expect((await read(braked.id)).blocked).toBe('brake-deletes');
    expect((await read(elsewhere.id)).blocked).toBe('held');
  });

  it('takes empty batches', async () => {
    const results = await storeOf().transaction(null, async (tx) => [
      await tx.insertPairs([]),
      await tx.updatePairs([]),
    ]);
    expect(results).toStrictEqual([new Set(), new Set()]);
  });
}

function plain<T>(model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constant('\0')),
});
const token = plain({
  kind: fc.constantFrom('oid', 'modified', 'etag'),
  value: fc.constantFrom('1:20260301', 'a:b:c', ''),
});
const blob = plain({ name: text, sha256: fc.constant('0'.repeat(64)), size: fc.nat() });
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (Object.is(value, -0) ? 0 : value));
const value = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.array(text), blob, fc.array(blob));
const safeKey = fc.stringMatching(/^[\p{L} 0-9]*$/u);

const patchMembers: fc.Arbitrary<Omit<PairPatch, 'id' | 'version'>> = fc.record(
  {
    unid: fc.constant(null),
    entity: fc.constantFrom('member', 'task'),
    form: safeKey,
    key: fc.option(safeKey),
    status: fc.constantFrom('live', 'withheld', 'withdrawn', 'missing', 'detached'),
    reason: fc.option(safeKey),
    base: fc.dictionary(fc.constantFrom('name', 'address', 'birthDate', 'photo'), value, {
      noNullPrototype: true,
    }),
    baseMapping: fc.constantFrom('', 'v1', 'v2'),
    seenNotes: fc.option(token),
    seenSettled: fc.boolean(),
    notesSight: fc.constantFrom('released', 'gone', 'classified'),
    syncedNotes: fc.option(token),
    seenHandbook: fc.maxSafeNat(),
    handbookSight: fc.constantFrom('live', 'hidden', 'deleted'),
    syncedHandbook: fc.maxSafeNat(),
    pending: fc.boolean(),
    blocked: fc.option(fc.constantFrom('mode', 'held', 'intent')),
    effects: fc.array(
      plain({
        side: fc.constantFrom('notes', 'handbook'),
        at: fc.constant('2026-03-01T08:00:00.000Z'),
        fields: fc.array(fc.constantFrom('progress', 'status')),
      }),
    ),
    parentKey: fc.option(safeKey),
  },
  { requiredKeys: [], noNullPrototype: true },
);
