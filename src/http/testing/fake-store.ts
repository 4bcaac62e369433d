import type {
  ConflictRow,
  JournalRow,
  LinkCounts,
  LinkRow,
  QuarantineRow,
} from '../../../connectors/postgres/port.ts';
import type { AppDeps } from '../app-deps.ts';

/** What the operations API reads of the bridge's memory. */
export class FakeStore implements Pick<AppDeps, 'store'> {
  readonly linkRows: LinkRow[] = [];
  readonly conflictRows: ConflictRow[] = [];
  readonly quarantineRows: QuarantineRow[] = [];
  readonly journalRows: JournalRow[] = [];

  readonly store: AppDeps['store'] = {
    links: async () => this.linkRows,
    link: async (linkId) => this.linkRows.find((row) => row.linkId === linkId) ?? null,
    counts: async () => COUNTS,
    conflicts: async ({ linkId, state, limit }) =>
      this.conflictRows
        .filter((row) => (linkId ?? row.linkId) === row.linkId && (state ?? row.state) === row.state)
        .slice(0, limit),
    quarantined: async ({ linkId, limit }) =>
      this.quarantineRows.filter((row) => (linkId ?? row.linkId) === row.linkId).slice(0, limit),
    preview: async () => null,
    previews: async () => [],
    instances: async () => [],
    journal: async (linkId, after, limit) =>
      this.journalRows.filter((row) => row.linkId === linkId && row.sequence > after).slice(0, limit),
  };
}

export function linkRow(linkId: string): LinkRow {
  return {
    linkId,
    mode: 'sync',
    replicaSet: '4A2B0C7D00112233',
    pausedPull: false,
    pausedPush: false,
    approved: true,
    brakeUpdates: null,
    brakeDeletes: 'preview-1',
    releasedUntil: null,
    handbookCursor: null,
    activeInstance: null,
    wantedInstance: null,
    mappingsKnown: null,
    mappingChanged: false,
    suspect: null,
    suspectAt: null,
    sweepAfter: null,
    sweepDue: false,
    sweptAt: null,
    pulledAt: '2026-01-05T00:00:00.000Z',
    pushedAt: null,
    failures: 0,
    failedAt: null,
    failureCode: null,
    restsUntil: null,
  };
}

export function journalRow(linkId: string, sequence: number): JournalRow {
  return {
    linkId,
    sequence,
    at: '2026-01-05T00:00:00.000Z',
    passId: 'pass-1',
    pairId: `pair-${sequence}`,
    recordId: `record-${sequence}`,
    unid: null,
    event: 'update-record',
    rule: 'changed/same',
    fields: ['fullName'],
    by: null,
    reason: null,
    digest: 'd',
    previousHash: 'p',
    hash: `h${sequence}`,
  };
}

const COUNTS: LinkCounts = {
  pairs: 10,
  live: 6,
  runnable: 1,
  pendingUpdates: 1,
  pendingDeletes: 0,
  pendingFromNotes: 0,
  pendingFromHandbook: 0,
  withheld: 3,
  withdrawn: 1,
  missing: 0,
  detached: 0,
  tombstones: 0,
  openConflicts: 1,
  quarantined: 1,
  openIntents: 0,
  openDeletes: 0,
  openUpdates: 0,
  blocked: { quarantine: 1 },
  withheldByReason: { unmarked: 2, classified: 1 },
};
