import type { Token } from '../../../src/sync/note.ts';
import type { Intent, Pair } from '../../../src/sync/pair.ts';
import type {
  Checkpoint,
  ConflictRow,
  DriftRow,
  InstanceRow,
  JournalRow,
  LinkRow,
  NewConflict,
  NewQuarantine,
  PreviewRow,
  Tombstone,
} from '../port.ts';

export interface StoredConflict extends NewConflict {
  readonly state: ConflictRow['state'];
  readonly closedBy: string | null;
  readonly closedAt: string | null;
  readonly choice: string | null;
}

export interface StoredQuarantine extends NewQuarantine {
  readonly attempts: number;
  readonly closedAt: string | null;
}

export interface StoredDrift {
  readonly linkId: string;
  readonly row: DriftRow;
}

export interface StoredLease {
  readonly holder: string;
  readonly fence: number;
  readonly expiresAt: number;
}

/** The tables of schema `bridge`, in memory. Rows are never changed, only replaced, so a copy of the maps is a copy of everything. */
export interface MemoryTables {
  readonly links: Map<string, LinkRow>;
  readonly pairs: Map<string, Pair>;
  readonly intents: Map<string, Intent>;
  readonly conflicts: Map<string, StoredConflict>;
  readonly quarantine: Map<string, StoredQuarantine>;
  readonly tombstones: Map<string, Tombstone>;
  readonly checkpoints: Map<string, Checkpoint>;
  readonly instances: Map<string, InstanceRow>;
  readonly previews: Map<string, PreviewRow>;
  readonly drift: Map<string, StoredDrift>;
  readonly journal: Map<string, readonly JournalRow[]>;
  readonly journalKeys: Map<string, Buffer>;
}

export function emptyTables(): MemoryTables {
  return {
    links: new Map(),
    pairs: new Map(),
    intents: new Map(),
    conflicts: new Map(),
    quarantine: new Map(),
    tombstones: new Map(),
    checkpoints: new Map(),
    instances: new Map(),
    previews: new Map(),
    drift: new Map(),
    journal: new Map(),
    journalKeys: new Map(),
  };
}

export function copyTables(tables: MemoryTables): MemoryTables {
  return {
    links: new Map(tables.links),
    pairs: new Map(tables.pairs),
    intents: new Map(tables.intents),
    conflicts: new Map(tables.conflicts),
    quarantine: new Map(tables.quarantine),
    tombstones: new Map(tables.tombstones),
    checkpoints: new Map(tables.checkpoints),
    instances: new Map(tables.instances),
    previews: new Map(tables.previews),
    drift: new Map(tables.drift),
    journal: new Map(tables.journal),
    journalKeys: new Map(tables.journalKeys),
  };
}

/** As text sorts under collation "C": by code unit is the same for what identifies rows here. */
export function inOrder<T>(rows: Iterable<T>, keyOf: (row: T) => string): T[] {
  return [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0));
}

/** Newest first; of one instant the greatest id. */
export function newestFirst<T extends { readonly at: string; readonly id: string }>(rows: Iterable<T>): T[] {
  return inOrder(rows, (row) => `${row.at} ${row.id}`).reverse();
}

/** A JSON column gives back a copy that nobody else holds. */
export function stored<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

export function storedToken(token: Token | null): Token | null {
  return token === null ? null : { kind: token.kind, value: token.value };
}
