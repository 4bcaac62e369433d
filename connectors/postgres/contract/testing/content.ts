import type { NewPair, SyncStore } from '../../port.ts';
import { insertPair, LATER, newConflict, newEntry, newIntent, newPreview, newQuarantine } from './samples.ts';

/** A pair at version 2 with `mark` in every place where content of a record can be. */
export async function fillWithContent(store: SyncStore, linkId: string, mark: string): Promise<NewPair> {
  const pair = await insertPair(store, linkId, { status: 'live', parentKey: `${mark} parent` });
  const values = { base: `${mark} base`, notes: [`${mark} notes`], handbook: `${mark} handbook` };
  const settled = newConflict(pair, { ...values, field: 'settled', winner: 'notes' });
  const resolved = newConflict(pair, { ...values, field: 'resolved' });
  await store.transaction(null, async (tx) => {
    await tx.updatePairs([
      { id: pair.id, version: 1, key: `${mark} key`, base: { name: `${mark} name` }, baseMapping: 'v1' },
    ]);
    await tx.putIntents([newIntent(pair.id, { fields: { name: `${mark} intent` } })]);
    await tx.putConflicts([newConflict(pair, values), settled, resolved]);
    const choice = `value: ${mark} choice`;
    await tx.closeConflicts([resolved.id], { state: 'resolved', choice, by: 'officer', at: LATER });
    await tx.putQuarantine([newQuarantine(pair, { detail: `${mark} cleared` })]);
    await tx.clearQuarantine([pair.id]);
    await tx.putQuarantine([newQuarantine(pair, { detail: `${mark} open` })]);
    const preview = newPreview(pair);
    await tx.putPreview({
      ...preview,
      entries: preview.entries.map((e) => ({ ...e, fields: [`${mark} field`] })),
    });
    await tx.appendJournal(linkId, [newEntry(pair, { values: { name: `${mark} name` } })]);
  });
  return pair;
}
