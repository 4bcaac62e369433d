import { DatabaseSync } from 'node:sqlite';

/** Rows a second of plain statements, in transactions of `bulk` rows. */
export interface RawRates {
  readonly written: number;
  readonly changed: number;
  readonly read: number;
}

/** A table of the embedded Domino's shape, as little as one can do with it: insert, update and select rows of two kilobytes by a random key. */
export function rawSqlite(file: string, rows: number, bulk: number): RawRates {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -64000;
    CREATE TABLE row (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX row_at ON row (at);`);
  const insert = db.prepare('INSERT INTO row (key, at, body) VALUES (?, ?, ?)');
  const update = db.prepare('UPDATE row SET at = ?, body = ? WHERE key = ?');
  const select = db.prepare('SELECT body FROM row WHERE key = ?');
  const body = 'x'.repeat(2000);
  // Spread like UNIDs, without costing anything.
  const key = (n: number): string => ((n * 2_654_435_761) % 4_294_967_296).toString(16).padStart(32, '0');
  const rate = (work: (n: number) => void): number => {
    const started = performance.now();
    for (let from = 0; from < rows; from += bulk) {
      db.exec('BEGIN IMMEDIATE');
      for (let n = from; n < Math.min(from + bulk, rows); n++) work(n);
      db.exec('COMMIT');
    }
    return rows / ((performance.now() - started) / 1000);
  };
  const rates = {
    written: rate((n) => insert.run(key(n), n, body)),
    changed: rate((n) => update.run(n + 1, body, key(n))),
    read: rate((n) => select.get(key(n))),
  };
  db.close();
  return rates;
}
