import { expect, it } from 'vitest';
import type { SyncStore, NewDrift } from '../port.ts';
import { AT, insertPair, LATER, newConflict, newLink, newPreview, newQuarantine } from './testing/samples.ts';

export function describeDecisions(storeOf: () => SyncStore): void {
  it('tells in a conflict an empty value from one that nobody looked at', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const conflict = newConflict(pair, { base: undefined, notes: null, handbook: ['a', '\0'] });
    await storeOf().transaction(null, (tx) => tx.putConflicts([conflict]));
    const { unid, recordId, entity } = pair;
    const open = { state: 'open', closedBy: null, closedAt: null, choice: null };
    const row = { ...conflict, unid, recordId, entity, ...open };
    expect(await storeOf().conflict(conflict.id)).toStrictEqual(row);
    expect(await storeOf().openConflicts([pair.id])).toStrictEqual([row]);
    expect(await storeOf().conflict('no-such-conflict')).toBeNull();
  });

  it('updates the open conflict of a field instead of doubling it', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const first = newConflict(pair);
    const newer = newConflict(pair, { at: LATER, notes: 'Huyện C' });
    const otherField = newConflict(pair, { field: 'phone' });
    await storeOf().transaction(null, (tx) => tx.putConflicts([first, otherField]));
    await storeOf().transaction(null, (tx) => tx.putConflicts([newer]));
    const rows = await storeOf().openConflicts([pair.id]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ ...newer, id: first.id, state: 'open' });
  });

  it('takes several clashes of one field in one batch in their order', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const [first, second] = [newConflict(pair), newConflict(pair, { notes: 'Huyện C', winner: 'notes' })];
    await storeOf().transaction(null, (tx) => tx.putConflicts([first, second]));
    expect(await storeOf().openConflicts([pair.id])).toStrictEqual([]);
    expect(await storeOf().conflict(first.id)).toMatchObject({
      state: 'settled',
      notes: 'Huyện C',
      winner: 'notes',
    });
  });

  it('leaves the same clash alone when it is seen again, open or closed', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const clash = newConflict(pair);
    const again = { ...clash, id: `${clash.id}-again`, at: LATER, notes: 'other' };
    await storeOf().transaction(null, (tx) => tx.putConflicts([clash]));
    await storeOf().transaction(null, (tx) => tx.putConflicts([again]));
    expect(await storeOf().openConflicts([pair.id])).toMatchObject([
      { id: clash.id, at: AT, notes: clash.notes },
    ]);
    const how = { state: 'resolved', choice: 'notes', by: 'officer', at: LATER } as const;
    await storeOf().transaction(null, (tx) => tx.closeConflicts([clash.id], how));
    await storeOf().transaction(null, (tx) => tx.putConflicts([again]));
    expect(await storeOf().openConflicts([pair.id])).toStrictEqual([]);
    const closed = { state: 'resolved', choice: 'notes', closedBy: 'officer', closedAt: LATER };
    expect(await storeOf().conflict(clash.id)).toMatchObject(closed);
    await storeOf().transaction(null, (tx) => tx.closeConflicts([clash.id], { ...how, by: 'somebody else' }));
    expect(await storeOf().conflict(clash.id)).toMatchObject(closed);
    const anew = { ...how, choice: 'handbook', by: 'somebody else', anew: true } as const;
    await storeOf().transaction(null, (tx) => tx.closeConflicts([clash.id], anew));
    expect(await storeOf().conflict(clash.id)).toMatchObject({
      choice: 'handbook',
      closedBy: 'somebody else',
    });
    expect(await storeOf().conflict(again.id)).toBeNull();
  });

  it('keeps a settled conflict with the loser in it and lets a person resolve it', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()));
    const settled = newConflict(pair, { winner: 'handbook' });
    await storeOf().transaction(null, (tx) => tx.putConflicts([settled]));
    expect(await storeOf().openConflicts([pair.id])).toStrictEqual([]);
    expect(await storeOf().conflict(settled.id)).toMatchObject({ state: 'settled', notes: settled.notes });
    const how = { state: 'resolved', choice: 'notes', by: 'officer', at: LATER } as const;
    await storeOf().transaction(null, (tx) => tx.closeConflicts([settled.id], how));
    expect(await storeOf().conflict(settled.id)).toMatchObject({ state: 'resolved' });
  });

  it('lists conflicts newest first, of a link and of a state', async () => {
    const linkId = await newLink(storeOf());
    const pair = await insertPair(storeOf(), linkId);
    const old = newConflict(pair, { field: 'a', at: '2026-01-01T00:00:00.000Z' });
    const newest = newConflict(pair, { field: 'b', at: '2026-01-03T00:00:00.000Z' });
    const settled = newConflict(pair, { field: 'c', at: '2026-01-02T00:00:00.000Z', winner: 'merged' });
    await storeOf().transaction(null, (tx) => tx.putConflicts([old, newest, settled]));
    async function ids(filter: Parameters<SyncStore['conflicts']>[0]): Promise<string[]> {
      return (await storeOf().conflicts(filter)).map((row) => row.id);
    }
    expect(await ids({ linkId, limit: 9 })).toStrictEqual([newest.id, settled.id, old.id]);
    expect(await ids({ linkId, state: 'open', limit: 9 })).toStrictEqual([newest.id, old.id]);
    expect(await ids({ linkId, limit: 1 })).toStrictEqual([newest.id]);
    expect(await ids({ limit: 1000 })).toContain(settled.id);
  });

  it('holds one open quarantine row per pair and opens another after it was cleared', async () => {
    const linkId = await newLink(storeOf());
    const pair = await insertPair(storeOf(), linkId);
    const bystander = await insertPair(storeOf(), linkId);
    const first = newQuarantine(pair);
    const second = newQuarantine(pair, { code: 'duplicate-key', detail: 'memberCard', at: LATER });
    const { unid, recordId, entity, form } = pair;
    await storeOf().transaction(null, (tx) => tx.putQuarantine([first, newQuarantine(bystander)]));
    await storeOf().transaction(null, (tx) => tx.putQuarantine([second]));
    const open = await storeOf().quarantined({ linkId, limit: 9 });
    expect(open).toHaveLength(2);
    expect(open[0]).toStrictEqual({ ...second, id: first.id, unid, recordId, entity, form });
    await storeOf().transaction(null, (tx) => tx.clearQuarantine([pair.id]));
    expect(await storeOf().quarantined({ linkId, limit: 9 })).toMatchObject([{ pairId: bystander.id }]);
    await storeOf().transaction(null, (tx) => tx.putQuarantine([second]));
    expect((await storeOf().quarantined({ linkId, limit: 9 })).map((row) => row.id)).toContain(second.id);
    expect(await storeOf().quarantined({ linkId, limit: 1 })).toHaveLength(1);
  });

  it('counts departures from a mapping, anew for another version of it', async () => {
    const linkId = await newLink(storeOf());
    const row = { form: 'F', item: 'Ngày', kind: 'type', expected: 'date', seen: 'number', mapping: '1.1' };
    const form = { form: 'G', item: '', kind: 'form', expected: 'a mapping', seen: 'none', mapping: '' };
    const add = (...rows: NewDrift[]) => storeOf().transaction(null, (tx) => tx.addDrift(linkId, rows));
    await add({ ...row, notes: 2 }, { ...form, notes: 9 });
    await add({ ...row, notes: 3 }, { ...form, notes: 4 }, { ...row, seen: 'time', notes: 1 });
    const counted = await storeOf().drift(linkId);
    expect(counted).toMatchObject([
      { ...row, notes: 5 },
      { ...row, seen: 'time', notes: 1 },
      { ...form, notes: 4 },
    ]);
    expect(counted.every(({ firstAt, lastAt }) => Date.parse(firstAt) <= Date.parse(lastAt))).toBe(true);
    await add({ ...row, mapping: '2.1', notes: 1 });
    expect(await storeOf().drift(linkId)).toContainEqual(
      expect.objectContaining({ ...row, mapping: '2.1', notes: 1 }),
    );
    expect(await storeOf().drift(await newLink(storeOf()))).toStrictEqual([]);
  });

  it('keeps a preview with its entries in order and one decision', async () => {
    const linkId = await newLink(storeOf());
    const pair = await insertPair(storeOf(), linkId);
    const preview = newPreview(pair);
    const [entry] = preview.entries;
    if (entry === undefined) throw new Error('the sample has no entry');
    const longer = {
      ...preview,
      entries: [{ ...entry, event: 'b' }, { ...entry, event: 'a', unid: null }, entry],
    };
    const emptied = newPreview(pair, { at: LATER, lane: 'first-run', entries: [] });
    await storeOf().transaction(null, (tx) => tx.putPreview(preview));
    await storeOf().transaction(null, (tx) => tx.putPreview(longer));
    await storeOf().transaction(null, (tx) => tx.putPreview(emptied));
    expect(await storeOf().preview(preview.id)).toStrictEqual(longer);
    expect(await storeOf().previews(linkId, 9)).toStrictEqual([emptied, longer]);
    expect(await storeOf().previews(linkId, 1)).toStrictEqual([emptied]);
    const decision = { by: 'officer', at: LATER, reason: 'checked by phone' };
    await storeOf().transaction(null, (tx) => tx.decidePreview(preview.id, decision));
    const decided = { ...longer, decidedBy: 'officer', decidedAt: LATER, reason: 'checked by phone' };
    expect(await storeOf().preview(preview.id)).toStrictEqual(decided);
    const twice = storeOf().transaction(null, (tx) => tx.decidePreview(preview.id, decision));
    await expect(twice).rejects.toThrow('already decided');
    expect(await storeOf().preview('no-such-preview')).toBeNull();
  });
}
