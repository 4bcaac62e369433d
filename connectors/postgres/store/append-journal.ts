import { randomBytes } from 'node:crypto';
import type { JournalEntry } from '../port.ts';
import type { SqlExecutor } from '../pool/sql-pool.ts';
import { chainEntries } from './journal-chain.ts';
import { storableText } from './storable-text.ts';
import { insertJournalRows, lockJournalHead } from './statements/journal.ts';
import { insertJournalKeys, journalKeys } from './statements/journal-keys.ts';

const KEY_BYTES = 32;

export async function appendJournal(
  db: SqlExecutor,
  linkId: string,
  entries: readonly JournalEntry[],
): Promise<void> {
  const keys = await keysOf(db, entries);
  const rows = chainEntries(linkId, await lockJournalHead(db, linkId), entries, keys);
  const head = rows.at(-1);
  if (head !== undefined) await insertJournalRows(db, linkId, rows, head);
}

async function keysOf(
  db: SqlExecutor,
  entries: readonly JournalEntry[],
): Promise<ReadonlyMap<string, Buffer>> {
  const records = new Set<string>();
  for (const { values, recordId } of entries) {
    if (values !== null && recordId !== null) records.add(storableText(recordId));
  }
  if (records.size === 0) return new Map();
  const known = await journalKeys(db, [...records]);
  const missing = [...records].filter((record) => !known.has(record));
  if (missing.length === 0) return known;
  const random = randomBytes(KEY_BYTES * missing.length).toString('hex');
  const digits = KEY_BYTES * 2;
  await insertJournalKeys(
    db,
    missing,
    missing.map((_record, at) => random.slice(at * digits, (at + 1) * digits)),
  );
  // Read back: another transaction may have been first.
  return journalKeys(db, [...records]);
}
