import type {
  JournalEntry,
  NewConflict,
  NewQuarantine,
  PairPatch,
  Tombstone,
} from '../../connectors/postgres/port.ts';

/** Everything one batch leaves behind, gathered so that it becomes durable in a single transaction. */
export interface Records {
  readonly patches: PairPatch[];
  readonly journal: JournalEntry[];
  readonly conflicts: NewConflict[];
  readonly closes: string[];
  readonly quarantines: NewQuarantine[];
  readonly healed: string[];
  readonly tombstones: Tombstone[];
  readonly doneIntents: { readonly pairId: string; readonly opId: string }[];
  readonly erase: string[];
  /** Deleted: content goes, what the deletion took the place of stays in its conflict. */
  readonly buried: string[];
}

export function emptyRecords(): Records {
  return {
    patches: [],
    journal: [],
    conflicts: [],
    closes: [],
    quarantines: [],
    healed: [],
    tombstones: [],
    doneIntents: [],
    erase: [],
    buried: [],
  };
}

export function isEmpty(records: Records): boolean {
  return Object.values(records).every((rows: readonly unknown[]) => rows.length === 0);
}
