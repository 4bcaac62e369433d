import type { BackupRow, PasteRequest, PurgeRow, RestoreRow, SavedNote } from '../administration-port.ts';
import type { DominoPlace } from '../engine/domino-servers.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { EngineError } from '../engine/engine-error.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { undelete } from '../engine/soft-deletion.ts';
import { backUp, readBackup, restore } from '../replication/copies.ts';
import { purgeDatabase } from '../replication/purge.ts';
import { copyAndPaste, cutAndPaste } from '../users/paste.ts';

export function backUpDatabase(domino: EmbeddedDomino, database: string, out: string): BackupRow {
  const opened = domino.openDatabase(database);
  backUp(opened, out);
  return { database: opened.filePath, file: out, notes: opened.count() };
}

export function restoreDatabase(
  domino: EmbeddedDomino,
  database: string,
  file: string,
  confirmed: boolean,
): RestoreRow {
  const { notes, replicaId, versions } = readBackup(file);
  const opened = domino.openDatabase(database);
  if (opened.replicaId !== replicaId) {
    throw new EngineError(
      'rejected',
      `cannot restore "${database}": the backup is of a database with replica ID ${replicaId}, this one has ${opened.replicaId}`,
    );
  }
  const lost = [...opened.file.store.heads()].filter(
    ({ unid, sequence }) => sequence > (versions.get(unid) ?? 0),
  );
  const notesBefore = opened.count();
  if (confirmed) restore(domino, database, file);
  return { database, file, done: confirmed, notesBefore, notesInBackup: notes, notesLost: lost.length };
}

export function purge(domino: EmbeddedDomino, database: string, confirmed: boolean): PurgeRow {
  const report = purgeDatabase(domino.openDatabase(database), { dryRun: !confirmed });
  return {
    database,
    done: confirmed,
    before: formatInstant(report.before),
    stubs: report.stubs,
    documents: report.documents,
  };
}

export function undeleteNote(domino: EmbeddedDomino, database: string, unid: string): SavedNote {
  undelete(domino.openDatabase(database).file, unid);
  return savedNote(domino, database, unid, domino.name);
}

export function paste(
  place: DominoPlace,
  other: DominoPlace | null,
  request: Omit<PasteRequest, 'database' | 'into'>,
): SavedNote {
  const from = place.domino.openDatabase(place.filePath);
  const target = other ?? place;
  const into = other === null ? null : other.domino.openDatabase(other.filePath);
  const by = request.as ?? place.domino.name;
  // Nothing is hidden from the server itself but what Readers hide.
  const as = request.as === null ? ({ name: by, access: 'manager' } as const) : { name: by };
  const under = request.under === null ? {} : { under: request.under };
  const unid = (request.cut ? cutAndPaste : copyAndPaste)(from, request.unid, { into, as, ...under });
  return { ...savedNote(target.domino, target.filePath, unid, by), database: target.address };
}

function savedNote(domino: EmbeddedDomino, database: string, unid: string, by: string): SavedNote {
  const note = domino.openDatabase(database).readBare(unid);
  if (note === null) throw new EngineError('not-found', `note ${unid} is gone again`);
  const { sequence, sequenceTime } = note;
  return { database, unid: note.unid, sequence, modified: formatInstant(sequenceTime), by };
}
