import type { NewPair, NewQuarantine, PairPatch } from '../../connectors/postgres/port.ts';
import type { Pair } from '../sync/pair.ts';

/** What a look at headers brought, gathered so that it becomes durable in a single transaction. */
export interface HeaderNews {
  readonly inserts: NewPair[];
  readonly patches: PairPatch[];
  readonly quarantines: NewQuarantine[];
  /** Lost their release after they had crossed. */
  readonly withdraw: Pair[];
  /** Ids of pairs that leave the quarantine: a withheld note is in nobody's way. */
  readonly leaving: string[];
  /** Ids of tombstones whose softly deleted note lost its release: what a conflict kept of it goes too. */
  readonly erase: string[];
}

export function noNews(): HeaderNews {
  return { inserts: [], patches: [], quarantines: [], withdraw: [], leaving: [], erase: [] };
}
