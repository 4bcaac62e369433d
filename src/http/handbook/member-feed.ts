import type { Account, OutsideRole, ShownRecords } from '../../../connectors/accounts/port.ts';
import type { FeedPage } from '../../../connectors/handbook/members-port.ts';
import { type RecordAnswer, recordAnswer } from './record-schema.ts';
import { sees, seesWhole } from './visibility.ts';

export type FeedEntry =
  | { readonly kind: 'changed'; readonly record: RecordAnswer }
  | { readonly kind: 'removed'; readonly recordId: string; readonly entity: string };

/**
 * The changes as one account may see them. What the account saw as its own and sees no more is `removed`; of what it never saw it learns
 * nothing, not even that it exists.
 */
export async function feedFor(
  reader: Account<OutsideRole>,
  changes: FeedPage['changes'],
  shown: ShownRecords,
): Promise<FeedEntry[]> {
  const visible = changes.map(({ record }) => record !== undefined && sees(reader, record));
  const own = changes.filter(({ entity }) => !seesWhole(reader, entity));
  const gone = own.filter((change) => !visible[changes.indexOf(change)]).map(({ recordId }) => recordId);
  const kept = own.filter((change) => visible[changes.indexOf(change)]).map(({ recordId }) => recordId);
  const known = await shown.among(reader.id, gone);
  await shown.remember(reader.id, kept);
  const knownHere = new Set([...known, ...kept]);
  return changes.flatMap(({ record, recordId, entity }, index): FeedEntry[] => {
    if (record !== undefined && visible[index]) return [{ kind: 'changed', record: recordAnswer(record) }];
    const tell = seesWhole(reader, entity) || knownHere.has(recordId);
    return tell ? [{ kind: 'removed', recordId, entity }] : [];
  });
}
