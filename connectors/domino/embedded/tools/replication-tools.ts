import type { DominoPlace } from '../engine/domino-servers.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { createReplica } from '../replication/copies.ts';
import { clearHistory, historyOf, partnerName } from '../replication/history.ts';
import { type PullReport, pull } from '../replication/replicate.ts';
import { selectForms } from '../replication/selection.ts';
import type {
  ReplicationChanges,
  ReplicationRequest,
  ReplicationRow,
  ReplicationState,
} from '../administration-port.ts';

type How = Pick<ReplicationRequest, 'direction' | 'cutAfter'>;

export function replicateDatabases(
  first: DominoPlace,
  second: DominoPlace,
  { direction, cutAfter }: How,
): ReplicationRow[] {
  const here = first.domino.openDatabase(first.filePath);
  const there = second.domino.openDatabase(second.filePath);
  const cut = cutAfter === null ? {} : { cutAfter };
  const rows: ReplicationRow[] = [];
  if (direction !== 'push') rows.push(rowOf(here, there, pull(here, there, cut)));
  if (direction !== 'pull') rows.push(rowOf(there, here, pull(there, here, cut)));
  return rows;
}

export function newReplica(from: DominoPlace, to: DominoPlace): ReplicationRow {
  const source = from.domino.openDatabase(from.filePath);
  const { replica, report } = createReplica(source, to.domino, to.filePath);
  return rowOf(replica, source, report);
}

export function replicationState(domino: EmbeddedDomino, database: string): ReplicationState {
  const opened = domino.openDatabase(database);
  const { replicatedForms, cutoff, ...settings } = opened.settings;
  return {
    database: opened.filePath,
    replicaId: opened.replicaId,
    ...settings,
    forms: replicatedForms,
    cutoff: cutoff === null ? null : formatInstant(cutoff),
    history: historyOf(opened.file).map(({ partner, direction, at }) => ({
      partner,
      direction,
      at: formatInstant(at),
    })),
  };
}

export function changeReplication(
  domino: EmbeddedDomino,
  database: string,
  { forms, clearHistory: clear, ...settings }: ReplicationChanges,
): ReplicationState {
  const opened = domino.openDatabase(database);
  opened.changeSettings(settings);
  if (forms !== undefined) selectForms(opened, forms);
  if (clear === true) clearHistory(opened.file);
  return replicationState(domino, database);
}

function rowOf(
  target: EmbeddedDatabase,
  source: EmbeddedDatabase,
  { arrivals, hidden, full, completed }: PullReport,
): ReplicationRow {
  return {
    from: partnerName(source),
    to: partnerName(target),
    completed,
    full,
    added: arrivals.added ?? 0,
    updated: arrivals.updated ?? 0,
    deleted: arrivals.deleted ?? 0,
    merged: arrivals.merged ?? 0,
    conflicts: (arrivals.conflict ?? 0) + (arrivals.overwritten ?? 0),
    kept: arrivals.kept ?? 0,
    refused: arrivals.refused ?? 0,
    leftOut: arrivals['left-out'] ?? 0,
    hidden,
  };
}
