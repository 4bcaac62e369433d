import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { databaseFile } from '../engine/database-path.ts';
import { LAYOUT_VERSION } from '../engine/database-schema.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { EngineError } from '../engine/engine-error.ts';
import { type PullReport, pull } from './replicate.ts';

/** A consistent copy of a database in use. Throws `exists` when the file is there already. */
export function backUp(database: EmbeddedDatabase, out: string): void {
  if (existsSync(out)) throw new EngineError('exists', `cannot back up to "${out}": it exists already`);
  database.file.copyTo(out);
}

export interface BackupContent {
  readonly title: string;
  readonly replicaId: string;
  readonly notes: number;
  /** Sequence of each note by UNID. */
  readonly versions: ReadonlyMap<string, number>;
}

/** What a backup holds; it is not changed. Throws `rejected` for any other file, and for one of a later version. */
export function readBackup(file: string): BackupContent {
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
      if (version > LAYOUT_VERSION) throw new Error(`its layout is version ${version}`);
      const meta = (name: string): string =>
        (db.prepare('SELECT value FROM meta WHERE name = ?').get(name) as { value: string }).value;
      const rows = db.prepare('SELECT unid, sequence FROM note').all() as {
        unid: string;
        sequence: number;
      }[];
      const versions = new Map(rows.map(({ unid, sequence }) => [unid, sequence]));
      return { title: meta('title'), replicaId: meta('replicaId'), notes: rows.length, versions };
    } finally {
      db.close();
    }
  } catch (cause) {
    throw new EngineError('rejected', `"${file}" is no backup of a database`, { cause });
  }
}

/**
 * Puts a backup where the database lies, or lay: notes, stubs, ACL and replication history are those of then. Everything since is lost, and
 * nothing tells clients so. A crash leaves the old or the new file.
 */
export function restore(domino: EmbeddedDomino, filePath: string, backup: string): EmbeddedDatabase {
  readBackup(backup);
  const file = domino.hasDatabase(filePath)
    ? domino.releaseDatabase(filePath)
    : databaseFile(domino.root, filePath);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(backup, `${file}.new`);
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  renameSync(`${file}.new`, file);
  return domino.openDatabase(filePath);
}

/** The same file at another path or on another server: all is as it was but its address. Throws `exists`, `no-database`. */
export function move(
  from: EmbeddedDomino,
  filePath: string,
  to: EmbeddedDomino,
  newPath: string,
): EmbeddedDatabase {
  const target = databaseFile(to.root, newPath);
  if (existsSync(target)) throw new EngineError('exists', `cannot move to "${newPath}": it exists already`);
  const file = from.releaseDatabase(filePath);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(file, `${target}.new`);
  renameSync(`${target}.new`, target);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  return to.openDatabase(newPath);
}

/** A new replica with what its server may read, and with the ACL. Throws `exists`, `bad-path`, and what {@link pull} throws. */
export function createReplica(
  source: EmbeddedDatabase,
  server: EmbeddedDomino,
  filePath: string,
): { readonly replica: EmbeddedDatabase; readonly report: PullReport } {
  const { title, replicaId } = source;
  const replica = server.createDatabase(filePath, { title, replicaId });
  return { replica, report: pull(replica, source) };
}
