import { DatabaseSync } from 'node:sqlite';

/** Random UNIDs dirty pages all over the file: large pages, a large cache and rare checkpoints make imports almost twice as fast. */
const PRAGMAS = `
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -64000;
PRAGMA wal_autocheckpoint = 4000;
`;

const FIRST = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE note (
  note_id INTEGER PRIMARY KEY,
  unid TEXT NOT NULL UNIQUE,
  sequence INTEGER NOT NULL,
  sequence_time INTEGER NOT NULL,
  created INTEGER NOT NULL,
  modified_in_file INTEGER NOT NULL,
  added_to_file INTEGER NOT NULL,
  parent TEXT,
  conflict INTEGER NOT NULL,
  form TEXT NOT NULL,
  items TEXT NOT NULL
);
CREATE INDEX note_modified ON note (modified_in_file);
CREATE INDEX note_created ON note (created);
CREATE INDEX note_form_modified ON note (form, modified_in_file);
CREATE INDEX note_form_created ON note (form, created);
CREATE INDEX note_parent ON note (parent) WHERE parent IS NOT NULL;
CREATE TABLE content (id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE INDEX content_note ON content (note_id);
CREATE TABLE stub (
  unid TEXT PRIMARY KEY,
  note_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX stub_deleted ON stub (deleted_at);
`;

/**
 * Each item's own sequence (null = all are of the note's version), the stub's sequence time beside its time in this file, notes that are
 * softly deleted, and when which partner was last replicated with. Notes of older files have no item sequences: all items count as written last.
 */
const REPLICATION = `
ALTER TABLE note ADD COLUMN item_sequences TEXT;
ALTER TABLE stub ADD COLUMN sequence_time INTEGER NOT NULL DEFAULT 0;
UPDATE stub SET sequence_time = deleted_at;
CREATE TABLE trash (
  unid TEXT PRIMARY KEY,
  note_id INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL,
  head TEXT NOT NULL,
  items TEXT NOT NULL,
  item_sequences TEXT
) WITHOUT ROWID;
CREATE TABLE history (
  partner TEXT NOT NULL,
  direction TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (partner, direction)
) WITHOUT ROWID;
`;

/** One more with every change of the tables; a file's version is how many it has been through. */
const STEPS = [FIRST, REPLICATION];

/** Files up to this version can be opened. */
export const LAYOUT_VERSION = STEPS.length;

/**
 * Opens the file, or makes it; one of an older version is brought up to this one, at once or not at all. Commits survive the death of the process
 * (write-ahead log); only a dying machine can lose the last ones. Throws when the file is of a newer version.
 */
export function openDatabaseFile(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec(PRAGMAS);
    const found = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
    if (found > STEPS.length) {
      throw new Error(
        `cannot open "${file}": its layout is version ${found}, this program knows ${STEPS.length}; use the program that wrote it`,
      );
    }
    if (found < STEPS.length) {
      const missing = STEPS.slice(found).join('');
      db.exec(`BEGIN IMMEDIATE; ${missing} PRAGMA user_version = ${STEPS.length}; COMMIT;`);
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
