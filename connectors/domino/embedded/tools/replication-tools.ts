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

export function replicateDatabases(domino: EmbeddedDomino, request: ReplicationRequest): ReplicationRow[] {
  const here = domino.openDatabase(request.database);
  const there = domino.openDatabase(request.with);
  const cut = request.cutAfter === null ? {} : { cutAfter: request.cutAfter };
  const far = request.server ?? domino.name;
  const rows: ReplicationRow[] = [];
  if (request.direction !== 'push') {
    const servers = { target: domino.name, source: far };
    rows.push(rowOf(here, there, servers, pull(here, there, { ...cut, servers })));
  }
  if (request.direction !== 'pull') {
    const servers = { target: far, source: domino.name };
    rows.push(rowOf(there, here, servers, pull(there, here, { ...cut, servers })));
  }
  return rows;
}

export function newReplica(domino: EmbeddedDomino, database: string, path: string): ReplicationRow {
  const source = domino.openDatabase(database);
  const { replica, report } = createReplica(source, domino, path);
  return rowOf(replica, source, { target: domino.name, source: domino.name }, report);
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
  servers: { readonly target: string; readonly source: string },
  { arrivals, hidden, full, completed }: PullReport,
): ReplicationRow {
  return {
    from: partnerName(source, servers.source),
    to: partnerName(target, servers.target),
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
