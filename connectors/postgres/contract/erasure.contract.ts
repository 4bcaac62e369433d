import { expect, it } from 'vitest';
import type { SyncStore } from '../port.ts';
import { verifyJournal } from '../store/journal-chain.ts';
import { fillWithContent } from './testing/content.ts';
import { newEntry, newLink, insertPair, newConflict } from './testing/samples.ts';

export function describeErasure(storeOf: () => SyncStore): void {
  it('erases the content of a pair everywhere and keeps its neighbour', async () => {
    const linkId = await newLink(storeOf());
    const erased = await fillWithContent(storeOf(), linkId, 'CANARY');
    const kept = await fillWithContent(storeOf(), linkId, 'KEEP');
    await storeOf().transaction(null, (tx) => tx.eraseContent([erased.id]));

    const [pair] = await storeOf().pairsById([erased.id]);
    const { unid, recordId } = erased;
    const emptied = { base: {}, baseMapping: '', key: null, parentKey: null, version: 2 };
    expect(pair).toMatchObject({ unid, recordId, ...emptied });
    expect(await storeOf().intents([erased.id])).toStrictEqual([]);
    expect(await storeOf().openConflicts([erased.id])).toStrictEqual([]);
    const conflicts = (await storeOf().conflicts({ linkId, limit: 99 })).filter(
      (row) => row.pairId === erased.id,
    );
    const blank = { base: undefined, notes: undefined, handbook: undefined, state: 'obsolete', choice: null };
    expect(conflicts).toMatchObject([blank, blank, blank]);
    const entries = (await storeOf().previews(linkId, 9)).flatMap((preview) => preview.entries);
    expect(entries.filter((entry) => entry.pairId === erased.id)).toMatchObject([
      { event: 'delete-note', fields: [] },
    ]);

    const all = JSON.stringify([
      await storeOf().pairsAfter(linkId, null, 99),
      await storeOf().intents([erased.id, kept.id]),
      await storeOf().conflicts({ linkId, limit: 99 }),
      await storeOf().quarantined({ linkId, limit: 99 }),
      await storeOf().previews(linkId, 99),
      await storeOf().journal(linkId, 0, 99),
    ]);
    expect(all).not.toContain('CANARY');
    expect(await storeOf().openConflicts([kept.id])).toHaveLength(1);
    expect(await storeOf().intents([kept.id])).toHaveLength(1);
    expect((await storeOf().pairsById([kept.id]))[0]).toMatchObject({
      base: { name: 'KEEP name' },
      version: 2,
    });
  });

  it('keeps the edit that a deletion took the place of, until it is erased without exception', async () => {
    const pair = await insertPair(storeOf(), await newLink(storeOf()), { status: 'live' });
    const kept = newConflict(pair, {
      kind: 'edit-against-delete',
      field: '*',
      winner: 'handbook',
      notes: 'edit',
    });
    const other = newConflict(pair, { field: 'name', notes: 'other' });
    await storeOf().transaction(null, async (tx) => {
      await tx.putConflicts([kept, other]);
      await tx.eraseContent([pair.id], true);
    });
    expect(await storeOf().conflict(kept.id)).toMatchObject({ notes: 'edit', state: 'settled' });
    expect(await storeOf().conflict(other.id)).toMatchObject({ notes: undefined, state: 'obsolete' });
    await storeOf().transaction(null, (tx) => tx.eraseContent([pair.id]));
    expect(await storeOf().conflict(kept.id)).toMatchObject({ notes: undefined, state: 'obsolete' });
  });

  it('leaves the journal intact and its digests without a key that could explain them', async () => {
    const linkId = await newLink(storeOf());
    const pair = await fillWithContent(storeOf(), linkId, 'CANARY');
    const entry = newEntry(pair, { values: { name: 'CANARY' } });
    await storeOf().transaction(null, (tx) => tx.appendJournal(linkId, [entry]));
    await storeOf().transaction(null, (tx) => tx.eraseContent([pair.id]));
    await storeOf().transaction(null, (tx) => tx.appendJournal(linkId, [entry]));
    const rows = await storeOf().journal(linkId, 0, 99);
    expect(verifyJournal(rows).intact).toBe(true);
    const [before, after] = rows.slice(-2);
    expect(after?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(after?.digest).not.toBe(before?.digest);
  });

  it('defeats with the patch beside it a writer who read the content before', async () => {
    const linkId = await newLink(storeOf());
    const pair = await fillWithContent(storeOf(), linkId, 'CANARY');
    const [read] = await storeOf().pairsById([pair.id]);
    if (read === undefined) throw new Error('the pair is not there');
    const missed = await storeOf().transaction(null, async (tx) => {
      await tx.eraseContent([pair.id]);
      return tx.updatePairs([{ id: pair.id, version: read.version, status: 'withdrawn' }]);
    });
    expect(missed).toStrictEqual(new Set());
    const late = { id: pair.id, version: read.version, base: read.base };
    const lateMissed = await storeOf().transaction(null, (tx) => tx.updatePairs([late]));
    expect(lateMissed).toStrictEqual(new Set([pair.id]));
    expect((await storeOf().pairsById([pair.id]))[0]).toMatchObject({ base: {}, status: 'withdrawn' });
  });
}
