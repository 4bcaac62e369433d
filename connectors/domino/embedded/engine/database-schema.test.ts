import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabaseFile } from './database-schema.ts';
import { temporaryDomino } from './testing/temporary-domino.ts';

const UNID = '0123456789ABCDEF0123456789ABCDEF';
const GONE = 'FEDCBA9876543210FEDCBA9876543210';

/** A database as the first version of the program made it. */
function writeFirstVersion(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(`
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE note (
  note_id INTEGER PRIMARY KEY, unid TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL, sequence_time INTEGER NOT NULL,
  created INTEGER NOT NULL, modified_in_file INTEGER NOT NULL, added_to_file INTEGER NOT NULL, parent TEXT,
  conflict INTEGER NOT NULL, form TEXT NOT NULL, items TEXT NOT NULL
);
CREATE TABLE content (id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE stub (unid TEXT PRIMARY KEY, note_id INTEGER NOT NULL, sequence INTEGER NOT NULL, deleted_at INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('title', 'Cũ'), ('replicaId', '00AABBCCDDEEFF11'), ('created', '1000');
INSERT INTO note VALUES (2294, '${UNID}', 3, 5000, 1000, 5000, 1000, NULL, 0, 'f',
  '[{"name":"Form","value":{"type":"text","values":["F"],"list":false},"flags":{"summary":true}}]');
INSERT INTO stub VALUES ('${GONE}', 2298, 2, 4000);
PRAGMA user_version = 1;`);
  db.close();
}

test('a file of the first version keeps its notes and stubs, and can be written', () => {
  using t = temporaryDomino();
  writeFirstVersion(join(t.root, 'old.nsf'));
  const old = t.domino.openDatabase('old.nsf');
  expect(old).toMatchObject({ title: 'Cũ', replicaId: '00AABBCCDDEEFF11', acl: null });
  expect(old.read(UNID)).toMatchObject({ sequence: 3, items: [{ name: 'Form' }] });
  expect(old.stubs()).toEqual([
    { unid: GONE, noteId: 2298, sequence: 2, sequenceTime: 4000, deletedAt: 4000 },
  ]);
  expect(old.save(UNID, (items) => items).sequence).toBe(4);
  expect(old.create([]).noteId).toBe(2302);
});

test('a file of a later version is refused, and stays as it is', () => {
  using t = temporaryDomino();
  const file = join(t.root, 'later.nsf');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(() => openDatabaseFile(file)).toThrow(/layout is version 99/u);
});
