import type { Token } from '../../../src/sync/note.ts';
import type { Pair } from '../../../src/sync/pair.ts';

/** Columns of `bridge.pair p` under the names of {@link PairRow}. */
export const PAIR_COLUMNS = `
  p.id, p.link_id as "linkId", p.replica_set as "replicaSet", p.unid, p.record_id as "recordId", p.entity, p.form,
  p.key, p.born_in as "bornIn", p.status, p.reason, p.base, p.base_mapping as "baseMapping",
  p.seen_notes as "seenNotes", p.seen_settled as "seenSettled", p.notes_sight as "notesSight",
  p.synced_notes as "syncedNotes", p.seen_handbook as "seenHandbook", p.handbook_sight as "handbookSight",
  p.synced_handbook as "syncedHandbook", p.pending, p.blocked, p.effects, p.parent_key as "parentKey", p.version`;

export type PairRow = Omit<Pair, 'seenNotes' | 'syncedNotes'> & {
  readonly seenNotes: string | null;
  readonly syncedNotes: string | null;
};

export function toPair(row: PairRow): Pair {
  return { ...row, seenNotes: tokenOf(row.seenNotes), syncedNotes: tokenOf(row.syncedNotes) };
}

/** `kind:value` in one column: compared for equality within one kind, like the token. */
export function tokenText(token: Token): string {
  return `${token.kind}:${token.value}`;
}

function tokenOf(text: string | null): Token | null {
  if (text === null) return null;
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon) as Token['kind'], value: text.slice(colon + 1) };
}
