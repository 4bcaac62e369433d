import { DatabaseSync } from 'node:sqlite';

/** Raised with every change of the tables; a file of another version is refused. */
const SCHEMA_VERSION = 1;

/** Random UNIDs dirty pages all over the file: large pages, a large cache and rare checkpoints make imports almost twice as fast. */
const PRAGMAS = `
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -64000;
PRAGMA wal_autocheckpoint = 4000;
`;

const SCHEMA = `
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
 * Opens the file, or makes it. Commits survive the death of the process (write-ahead log); only a dying machine can lose the last ones.
 * Throws when the file belongs to another version of the bridge.
 */
export function openDatabaseFile(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec(PRAGMAS);
    const found = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
    if (found === 0) {
      db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
    } else if (found !== SCHEMA_VERSION) {
      throw new Error(
        `cannot open "${file}": its layout is version ${found}, this program knows ${SCHEMA_VERSION}; create the database anew and import`,
      );
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
