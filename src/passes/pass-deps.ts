import type { NotesDatabase } from '../../connectors/domino/port.ts';
import type { Handbook } from '../../connectors/handbook/port.ts';
import type { LeaseFence, LinkRow, SyncStore } from '../../connectors/postgres/port.ts';
import type { PassRow } from '../../connectors/postgres/watch-port.ts';
import type { BrakeLimit } from '../sync/brake.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { BlobSpool } from './blob-spool.ts';
import type { DriftTally } from './drift-tally.ts';

/** Everything a pass speaks to. Time, ids and limits come in here; a pass itself knows no adapter. */
export interface PassDeps {
  readonly store: SyncStore;
  readonly handbook: Handbook;
  readonly spool: BlobSpool;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: PassLog;
  /** Left out: passes leave no trace but what they did. */
  readonly book?: PassBook;
  /** Looks on from outside; left out: nobody does. */
  readonly watch?: PassWatch;
}

/** Running numbers of what a link asked of Domino; read before and after a pass. */
export interface DominoUse {
  readonly calls: number;
  readonly writes: number;
  /** Of item values and streams, as they were read or written: content, not what the network carried. */
  readonly bytes: number;
}

/** Where passes are written down for the operators. It may fail: a pass does not depend on it. */
export interface PassBook {
  put(row: PassRow): Promise<void>;
  use(linkId: string): DominoUse;
}

/** Sees each pass begin and end (metrics, traces). Hands on what `work` gives or throws. */
export interface PassWatch {
  pass<T>(
    pass: { readonly linkId: string; readonly name: PassName; readonly passId: string },
    work: () => Promise<PassOutcome<T>>,
  ): Promise<PassOutcome<T>>;
}

/** `operator`: a person asked for it. */
export type PassName = 'pull' | 'push' | 'sweep' | 'operator';

export type PassOutcome<T> =
  | { readonly kind: 'done'; readonly value: T; readonly tally: Tally }
  /** Another worker has the link. */
  | { readonly kind: 'busy' }
  /** The server did not answer lately; not tried before this instant (ms). */
  | { readonly kind: 'resting'; readonly until: number; readonly code: string };

export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface PassLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** One NSF file on one server. */
export interface Instance {
  readonly instanceId: string;
  readonly database: NotesDatabase;
}

/** A link as configured, with its databases opened. In a pass `instanceId` and `database` are those of the instance that the pass works with. */
export interface Link extends Instance {
  readonly id: string;
  readonly replicaSet: string;
  /** Further replicas, in the order in which they take over. */
  readonly standby?: readonly Instance[];
  /** After so many failures in a row the next instance takes over; left out: by command only. */
  readonly failoverAfter?: number;
  /** How the link marks its files; left out: not at all, and a restored file is not noticed. */
  readonly marker?: { readonly renewMs: number };
  readonly mappings: readonly Mapping[];
  readonly limits: LinkLimits;
}

export interface LinkLimits {
  readonly deletes: BrakeLimit;
  readonly updates: BrakeLimit;
  readonly overlapSeconds: number;
  readonly settleSeconds: number;
  /** After this long a write that got no answer can no longer land. */
  readonly writeDeadlineMs: number;
  /** A pass stops taking new work after this long. */
  readonly passMs: number;
  readonly batch: number;
}

/** One run of a pass on one link, under the link's lease. */
export interface PassRun {
  readonly link: Link;
  readonly row: LinkRow;
  readonly passId: string;
  readonly signal: AbortSignal;
  readonly tally: Tally;
  /** How many records this pass withdrew, and whether that was already told as many. */
  readonly withdrawals: { count: number; alarmed: boolean };
  /** Where notes departed from their mappings. */
  readonly drift: DriftTally;
  /** How often each pair was planned in this pass. */
  readonly attempted: Map<string, number>;
  /** The lease; call before each Domino call: renews when little is left, throws LeaseLostError when it is gone. */
  fence(): Promise<LeaseFence>;
  progress(phase: string, done: number, estimated: number | null): void;
}

/** What happened, counted; the numbers of `sync --once`. */
export interface Tally {
  pulled: number;
  pushed: number;
  merged: number;
  conflicts: number;
  withheld: number;
  quarantined: number;
  detached: number;
  missing: number;
  deleted: number;
}

export function newTally(): Tally {
  return {
    pulled: 0,
    pushed: 0,
    merged: 0,
    conflicts: 0,
    withheld: 0,
    quarantined: 0,
    detached: 0,
    missing: 0,
    deleted: 0,
  };
}
