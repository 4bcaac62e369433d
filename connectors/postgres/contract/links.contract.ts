import { expect, it } from 'vitest';
import type { LinkRow, SyncStore } from '../port.ts';
import {
  AT,
  insertPair,
  LATER,
  newLink,
  newConflict,
  newIntent,
  newQuarantine,
  newUnid,
} from './testing/samples.ts';

export function describeLinks(storeOf: () => SyncStore): void {
  function fresh(linkId: string): LinkRow {
    return {
      linkId,
      replicaSet: linkId,
      mode: 'sync',
      pausedPull: false,
      pausedPush: false,
      approved: false,
      brakeUpdates: null,
      brakeDeletes: null,
      releasedUntil: null,
      handbookCursor: null,
      activeInstance: null,
      wantedInstance: null,
      mappingsKnown: null,
      mappingChanged: false,
      announced: null,
      suspect: null,
      suspectAt: null,
      sweepAfter: null,
      sweepDue: false,
      sweptAt: null,
      pulledAt: null,
      pushedAt: null,
      failures: 0,
      failedAt: null,
      failureCode: null,
      restsUntil: null,
    };
  }

  it('registers a link once and takes only the mode from a second registration', async () => {
    const linkId = await newLink(storeOf());
    expect(await storeOf().link(linkId)).toStrictEqual(fresh(linkId));
    await storeOf().transaction(null, (tx) => tx.patchLink(linkId, { pausedPull: true, approved: true }));
    await storeOf().registerLink({ linkId, mode: 'pull', replicaSet: linkId });
    const expected = { ...fresh(linkId), mode: 'pull', pausedPull: true, approved: true };
    expect(await storeOf().link(linkId)).toStrictEqual(expected);
    expect((await storeOf().links()).filter((link) => link.linkId === linkId)).toStrictEqual([expected]);
  });

  it('moves a link to another replica set only while it has no pairs', async () => {
    const linkId = await newLink(storeOf());
    await storeOf().registerLink({ linkId, mode: 'sync', replicaSet: 'corrected' });
    expect((await storeOf().link(linkId))?.replicaSet).toBe('corrected');
    await insertPair(storeOf(), linkId, { replicaSet: 'corrected' });
    const move = storeOf().registerLink({ linkId, mode: 'sync', replicaSet: 'another' });
    await expect(move).rejects.toThrow('give the new replica set a link of its own');
    expect((await storeOf().link(linkId))?.replicaSet).toBe('corrected');
  });

  it('patches every member of a link, to a value and back to null', async () => {
    const linkId = await newLink(storeOf());
    const { linkId: _id, replicaSet: _set, ...empty } = fresh(linkId);
    const full: Omit<LinkRow, 'linkId' | 'replicaSet'> = {
      mode: 'propose',
      pausedPull: true,
      pausedPush: true,
      approved: true,
      brakeUpdates: 'preview-1',
      brakeDeletes: 'preview-2',
      releasedUntil: LATER,
      handbookCursor: { epoch: 'e1', position: '42' },
      activeInstance: 'hanoi!!party.nsf',
      wantedInstance: 'hue!!party.nsf',
      mappingsKnown: '0123456789abcdef DangVien',
      mappingChanged: true,
      announced: {
        entity: 'organisation',
        fields: ['parentCode'],
        count: 3214,
        by: 'tester',
        reason: 'sáp nhập',
        at: AT,
        until: LATER,
      },
      suspect: 'marker-gone',
      suspectAt: LATER,
      sweepAfter: newUnid(),
      sweepDue: true,
      sweptAt: AT,
      pulledAt: AT,
      pushedAt: LATER,
      failures: 3,
      failedAt: AT,
      failureCode: 'unreachable',
      restsUntil: LATER,
    };
    for (const patch of [full, {}, { failures: 4 }, empty]) {
      const before = await storeOf().link(linkId);
      await storeOf().transaction(null, (tx) => tx.patchLink(linkId, patch));
      expect(await storeOf().link(linkId)).toStrictEqual({ ...before, ...patch });
    }
    const unknown = storeOf().transaction(null, (tx) => tx.patchLink('no-such-link', { failures: 1 }));
    await expect(unknown).rejects.toThrow('not registered');
    expect(await storeOf().link('no-such-link')).toBeNull();
  });

  it('keeps what is known of the mark of each instance, and is one owner for ever', async () => {
    const linkId = await newLink(storeOf());
    const hue = {
      linkId,
      instanceId: 'hue!!a.nsf',
      generation: 0,
      nonce: '',
      coming: 'n1',
      unid: null,
      markedAt: null,
      trusted: false,
    };
    const hanoi = { ...hue, instanceId: 'hanoi!!a.nsf', generation: 3, unid: newUnid(), markedAt: AT };
    await storeOf().transaction(null, async (tx) => {
      await tx.putInstance(hue);
      await tx.putInstance(hanoi);
    });
    expect(await storeOf().instances(linkId)).toStrictEqual([hanoi, hue]);
    const landed = { ...hue, generation: 1, nonce: 'n1', coming: null, unid: newUnid(), trusted: true };
    await storeOf().transaction(null, (tx) => tx.putInstance(landed));
    expect(await storeOf().instances(linkId)).toStrictEqual([hanoi, landed]);
    expect(await storeOf().instances(await newLink(storeOf()))).toStrictEqual([]);
    expect(await storeOf().owner()).toBe(await storeOf().owner());
    expect(await storeOf().owner()).not.toBe('');
  });

  it('looks again at all that stands of a form, and at what was set aside', async () => {
    const linkId = await newLink(storeOf());
    const quiet = { pending: false };
    const live = await insertPair(storeOf(), linkId, { status: 'live', ...quiet });
    const aside = await insertPair(storeOf(), linkId, { status: 'new', ...quiet });
    const braked = await insertPair(storeOf(), linkId, { status: 'live', ...quiet });
    for (const status of ['withheld', 'withdrawn', 'tombstone', 'detached'] as const)
      await insertPair(storeOf(), linkId, { status, ...quiet });
    await insertPair(storeOf(), linkId, { status: 'live', form: 'NhiemVu', ...quiet });
    await insertPair(storeOf(), await newLink(storeOf()), { status: 'live', ...quiet });
    await storeOf().transaction(null, (tx) =>
      tx.updatePairs([
        { id: aside.id, version: 1, blocked: 'quarantine' },
        { id: braked.id, version: 1, blocked: 'brake-updates' },
      ]),
    );
    expect(await storeOf().transaction(null, (tx) => tx.lookAgain(linkId, ['DangVien']))).toBe(3);
    const [first, second, third] = await storeOf().pairsById([live.id, aside.id, braked.id]);
    expect([first?.pending, first?.blocked]).toEqual([true, null]);
    expect([second?.pending, second?.blocked]).toEqual([true, null]);
    expect([third?.pending, third?.blocked]).toEqual([true, 'brake-updates']);
    expect((await storeOf().counts(linkId)).runnable).toBe(2);
  });

  it('forgets the tokens of a link and doubts its bases, and touches no other link', async () => {
    const linkId = await newLink(storeOf());
    const live = await insertPair(storeOf(), linkId, { status: 'live', pending: false });
    const buried = await insertPair(storeOf(), linkId, { status: 'tombstone', pending: false });
    const other = await insertPair(storeOf(), await newLink(storeOf()), { status: 'live', pending: false });
    const known = { base: { name: 'An' }, baseMapping: '1.1', syncedNotes: live.seenNotes };
    await storeOf().transaction(null, (tx) =>
      tx.updatePairs([live, buried, other].map(({ id }) => ({ id, version: 1, ...known }))),
    );
    const [forgotten, doubted] = await storeOf().transaction(null, async (tx) => [
      await tx.forgetTokens(linkId),
      await tx.doubtBases(linkId),
    ]);
    expect([forgotten, doubted]).toEqual([1, 1]);
    const [first, second, third] = await storeOf().pairsById([live.id, buried.id, other.id]);
    expect(first).toMatchObject({ base: known.base, baseMapping: '', pending: true, version: 4 });
    expect(first).toMatchObject({ seenNotes: null, syncedNotes: null, seenSettled: false });
    expect(second).toMatchObject({ ...known, seenNotes: buried.seenNotes, pending: false, version: 2 });
    expect(third).toMatchObject({ ...known, seenNotes: other.seenNotes, pending: false, version: 2 });
  });

  it('keeps a checkpoint per instance', async () => {
    const linkId = await newLink(storeOf());
    const first = {
      linkId,
      instanceId: 'hanoi',
      watermark: '2026-03-01T08:00:00.12Z',
      greatestStamp: null,
      greatestSeenAt: null,
    };
    const second = {
      ...first,
      watermark: null,
      greatestStamp: '2026-03-01T08:00:05.00Z',
      greatestSeenAt: AT,
    };
    expect(await storeOf().checkpoint(linkId, 'hanoi')).toBeNull();
    await storeOf().transaction(null, (tx) => tx.setCheckpoint(first));
    expect(await storeOf().checkpoint(linkId, 'hanoi')).toStrictEqual(first);
    await storeOf().transaction(null, (tx) => tx.setCheckpoint(second));
    expect(await storeOf().checkpoint(linkId, 'hanoi')).toStrictEqual(second);
    expect(await storeOf().checkpoint(linkId, 'hue')).toBeNull();
  });

  it('counts a link', async () => {
    const linkId = await newLink(storeOf());
    await insertPair(storeOf(), await newLink(storeOf()));
    const live = await insertPair(storeOf(), linkId, { status: 'live' });
    const braked = await insertPair(storeOf(), linkId, { status: 'live' });
    await insertPair(storeOf(), linkId, { status: 'live', pending: false });
    const gone = await insertPair(storeOf(), linkId, { status: 'live', notesSight: 'gone' });
    await insertPair(storeOf(), linkId, { status: 'missing', notesSight: 'missing' });
    await insertPair(storeOf(), linkId, { status: 'detached', handbookSight: 'deleted', pending: false });
    await insertPair(storeOf(), linkId, { status: 'withheld', reason: 'unmarked', pending: false });
    await insertPair(storeOf(), linkId, { status: 'withheld', reason: 'unmarked', pending: false });
    await insertPair(storeOf(), linkId, { status: 'withheld', reason: 'level:Mat', pending: false });
    await insertPair(storeOf(), linkId, { status: 'withdrawn', reason: 'level:Mat', pending: false });
    await insertPair(storeOf(), linkId, { status: 'tombstone', pending: false });
    await storeOf().transaction(null, async (tx) => {
      await tx.updatePairs([
        { id: braked.id, version: 1, blocked: 'brake-updates' },
        { id: gone.id, version: 1, blocked: 'brake-deletes' },
        // Its note is as the record has it, and its record is not as the note has it.
        { id: live.id, version: 1, syncedNotes: live.seenNotes, seenHandbook: 2, syncedHandbook: 1 },
      ]);
      await tx.putConflicts([newConflict(live), newConflict(live, { field: 'name', winner: 'notes' })]);
      await tx.putQuarantine([newQuarantine(live), newQuarantine(gone)]);
      await tx.clearQuarantine([gone.id]);
      await tx.putIntents([
        newIntent(live.id, { kind: 'create' }),
        newIntent(live.id, { kind: 'update' }),
        newIntent(live.id, { kind: 'update' }),
        newIntent(live.id, { kind: 'update' }),
        newIntent(gone.id, { kind: 'hide' }),
        newIntent(gone.id, { kind: 'delete' }),
      ]);
    });
    expect(await storeOf().counts(linkId)).toStrictEqual({
      pairs: 11,
      live: 4,
      runnable: 2,
      pendingUpdates: 2,
      pendingDeletes: 2,
      pendingFromNotes: 3,
      pendingFromHandbook: 1,
      withheld: 3,
      withdrawn: 1,
      missing: 1,
      detached: 1,
      tombstones: 1,
      openConflicts: 1,
      quarantined: 1,
      openIntents: 6,
      openDeletes: 2,
      openUpdates: 3,
      blocked: { 'brake-updates': 1, 'brake-deletes': 1 },
      withheldByReason: { unmarked: 2, 'level:Mat': 1 },
    });
    const empty = await storeOf().counts(await newLink(storeOf()));
    expect(empty).toMatchObject({ pairs: 0, runnable: 0, openIntents: 0, blocked: {}, withheldByReason: {} });
  });

  it('counts the records of entities in any link that are to be seen or hidden', async () => {
    const [one, two] = [await newLink(storeOf()), await newLink(storeOf())];
    const [entity, other] = [`entity of ${one}`, `other of ${one}`];
    await insertPair(storeOf(), one, { entity, handbookSight: 'live' });
    await insertPair(storeOf(), two, { entity, handbookSight: 'hidden' });
    await insertPair(storeOf(), two, { entity: other, handbookSight: 'live' });
    for (const handbookSight of ['absent', 'deleted', 'withdrawn'] as const) {
      await insertPair(storeOf(), one, { entity, handbookSight });
    }
    expect(await storeOf().boundRecords([entity])).toBe(2);
    expect(await storeOf().boundRecords([entity, other])).toBe(3);
    expect(await storeOf().boundRecords([])).toBe(0);
  });
}
