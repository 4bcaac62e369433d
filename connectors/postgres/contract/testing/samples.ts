import { randomUUID } from 'node:crypto';
import type { Unid } from '../../../../src/sync/note.ts';
import type { Intent } from '../../../../src/sync/pair.ts';
import type {
  JournalEntry,
  NewConflict,
  NewPair,
  NewQuarantine,
  PreviewRow,
  SyncStore,
  Tombstone,
} from '../../port.ts';

export const AT = '2026-03-01T08:00:00.000Z';
export const LATER = '2026-03-01T09:30:00.250Z';

let count = 0;

/** A link that no other test has; its replica set has the same name. */
export async function newLink(store: SyncStore): Promise<string> {
  const linkId = `link-${randomUUID()}`;
  await store.registerLink({ linkId, mode: 'sync', replicaSet: linkId });
  return linkId;
}

export function newUnid(): Unid {
  return randomUUID().replaceAll('-', '').toUpperCase();
}

/** Ids ascend in the order of the calls. */
export function newPair(linkId: string, differing: Partial<NewPair> = {}): NewPair {
  count += 1;
  return {
    id: `pair-${String(count).padStart(9, '0')}`,
    linkId,
    replicaSet: linkId,
    unid: newUnid(),
    recordId: randomUUID(),
    entity: 'member',
    form: 'DangVien',
    bornIn: 'notes',
    status: 'new',
    reason: null,
    seenNotes: { kind: 'oid', value: '2:20260301T080000,00+07' },
    seenSettled: true,
    notesSight: 'released',
    seenHandbook: 0,
    handbookSight: 'absent',
    pending: true,
    parentKey: null,
    ...differing,
  };
}

export async function insertPair(
  store: SyncStore,
  linkId: string,
  differing: Partial<NewPair> = {},
): Promise<NewPair> {
  const pair = newPair(linkId, differing);
  await store.transaction(null, (tx) => tx.insertPairs([pair]));
  return pair;
}

export function newIntent(pairId: string, differing: Partial<Intent> = {}): Intent {
  return {
    opId: randomUUID(),
    pairId,
    side: 'notes',
    kind: 'update',
    fields: { name: 'Lò Thị Mẫu' },
    fence: 1,
    settlesAt: LATER,
    ...differing,
  };
}

export function newConflict(pair: NewPair, differing: Partial<NewConflict> = {}): NewConflict {
  return {
    id: randomUUID(),
    pairId: pair.id,
    linkId: pair.linkId,
    at: AT,
    dedupe: randomUUID(),
    kind: 'field',
    field: 'address',
    base: 'Huyện A',
    notes: 'Huyện B',
    handbook: null,
    policy: 'manual',
    winner: null,
    ...differing,
  };
}

export function newQuarantine(pair: NewPair, differing: Partial<NewQuarantine> = {}): NewQuarantine {
  return {
    id: randomUUID(),
    pairId: pair.id,
    linkId: pair.linkId,
    code: 'unreadable-date',
    detail: 'birthDate from NgaySinh',
    at: AT,
    ...differing,
  };
}

export function newTombstone(pair: NewPair, differing: Partial<Tombstone> = {}): Tombstone {
  const { replicaSet, unid, recordId, entity } = pair;
  return { replicaSet, unid, recordId, entity, key: null, evidence: 'stub', at: AT, ...differing };
}

export function newEntry(pair: NewPair | null, differing: Partial<JournalEntry> = {}): JournalEntry {
  return {
    at: AT,
    passId: 'pass-1',
    pairId: pair?.id ?? null,
    recordId: pair?.recordId ?? null,
    unid: pair?.unid ?? null,
    event: 'update-record',
    rule: 'P3',
    fields: ['address'],
    values: { address: 'Huyện B' },
    by: null,
    reason: null,
    ...differing,
  };
}

export function newPreview(pair: NewPair, differing: Partial<PreviewRow> = {}): PreviewRow {
  const { id, recordId, unid, entity } = pair;
  const entry = { pairId: id, recordId, unid, entity, event: 'delete-note', rule: 'P9', fields: ['address'] };
  return {
    id: randomUUID(),
    linkId: pair.linkId,
    at: AT,
    lane: 'deletes',
    entries: [entry],
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...differing,
  };
}
