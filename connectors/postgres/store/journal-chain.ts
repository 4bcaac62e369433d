import { hash } from 'node:crypto';
import type { Fields } from '../../../src/sync/values.ts';
import type { JournalEntry, JournalRow } from '../port.ts';
import { canonicalJson } from './canonical-json.ts';
import { storableText } from './storable-text.ts';

/** Last link of a journal's chain. */
export interface JournalHead {
  readonly sequence: number;
  readonly hash: string;
}

/** Before the first row. */
export const GENESIS: JournalHead = { sequence: 0, hash: '0'.repeat(64) };

/** Lower-case hex HMAC-SHA256 of the canonical JSON of the values, keyed by the record's own key: cannot be guessed once the key is destroyed. */
export function valuesDigest(key: Buffer, values: Fields): string {
  return hmacSha256(key, canonicalJson(values));
}

const BLOCK_BYTES = 64;

/** RFC 2104 over two one-shot digests: half the time of a keyed object for each record. */
function hmacSha256(key: Buffer, text: string): string {
  const block = Buffer.alloc(BLOCK_BYTES);
  if (key.length > BLOCK_BYTES) hash('sha256', key, 'buffer').copy(block);
  else key.copy(block);
  const inner = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.from(text)]);
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), hash('sha256', inner, 'buffer')]);
  return hash('sha256', outer);
}

/** Lower-case hex SHA-256 over the canonical JSON of every column of the row but `hash` itself. */
export function rowHash(row: Omit<JournalRow, 'hash'>): string {
  const { linkId, sequence, at, passId, pairId, recordId, unid } = row;
  const { event, rule, fields, by, reason, digest, previousHash } = row;
  const covered = { linkId, sequence, at, passId, pairId, recordId, unid, event, rule, fields };
  return hash('sha256', canonicalJson({ ...covered, by, reason, digest, previousHash }));
}

/**
 * Chains entries behind `head`; `keys` holds the journal key of each record. Values without a record have no key and get no digest.
 * Texts and instants are brought into the form they will be read back in, since the hash covers them.
 */
export function chainEntries(
  linkId: string,
  head: JournalHead,
  entries: readonly JournalEntry[],
  keys: ReadonlyMap<string, Buffer>,
): readonly JournalRow[] {
  const rows: JournalRow[] = [];
  let last = head;
  for (const entry of entries) {
    const row = {
      ...storedForm(entry),
      linkId,
      sequence: last.sequence + 1,
      digest: digestOf(entry, keys),
      previousHash: last.hash,
    };
    last = { sequence: row.sequence, hash: rowHash(row) };
    rows.push({ ...row, hash: last.hash });
  }
  return rows;
}

function storedForm(entry: JournalEntry): Omit<JournalEntry, 'values'> {
  return {
    at: new Date(entry.at).toISOString(),
    passId: storableText(entry.passId),
    pairId: storableOrNull(entry.pairId),
    recordId: storableOrNull(entry.recordId),
    unid: storableOrNull(entry.unid),
    event: storableText(entry.event),
    rule: storableText(entry.rule),
    fields: entry.fields,
    by: storableOrNull(entry.by),
    reason: storableOrNull(entry.reason),
  };
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storableText(text);
}

function digestOf(entry: JournalEntry, keys: ReadonlyMap<string, Buffer>): string | null {
  if (entry.values === null || entry.recordId === null) return null;
  const key = keys.get(storableText(entry.recordId));
  if (key === undefined)
    throw new Error(`Record ${entry.recordId} has no journal key: create it before its entry is chained`);
  return valuesDigest(key, entry.values);
}

/** `gap`: a row is missing or doubled. `link`: the row does not continue the one before. `hash`: the row itself was changed. */
export interface BrokenLink {
  readonly sequence: number;
  readonly fault: 'gap' | 'link' | 'hash';
}

export type JournalVerdict =
  | { readonly intact: true; readonly head: JournalHead }
  | { readonly intact: false; readonly broken: BrokenLink };

/**
 * Finds the first broken link among rows of one link in ascending order. To verify in portions, pass the head of the portion before.
 * Rows cut off at the end leave an intact chain: compare the returned head with one that was noted elsewhere.
 */
export function verifyJournal(rows: readonly JournalRow[], after: JournalHead = GENESIS): JournalVerdict {
  let head = after;
  for (const row of rows) {
    const fault = faultOf(row, head);
    if (fault !== null) return { intact: false, broken: { sequence: row.sequence, fault } };
    head = { sequence: row.sequence, hash: row.hash };
  }
  return { intact: true, head };
}

function faultOf(row: JournalRow, head: JournalHead): BrokenLink['fault'] | null {
  if (row.sequence !== head.sequence + 1) return 'gap';
  if (row.previousHash !== head.hash) return 'link';
  return rowHash(row) === row.hash ? null : 'hash';
}
