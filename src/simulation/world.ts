import type { EmbeddedDatabase } from '../../connectors/domino/embedded/engine/embedded-database.ts';
import type { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import type { MemoryMembersHandbook } from '../../connectors/handbook/memory/memory-members-handbook.ts';
import type { MemoryRecords } from '../../connectors/handbook/memory/memory-records.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import type { Handbook } from '../../connectors/handbook/port.ts';
import type { MemorySyncStore } from '../../connectors/postgres/memory/memory-sync-store.ts';
import type { Bridge } from '../operations/bridge.ts';
import type { Link, PassDeps } from '../passes/pass-deps.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { Coverage } from './coverage.ts';
import type { Way } from './open-way.ts';
import type { Ledger } from './ledger.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

/** What a fault does to the next call that it fits. */
export interface ArmedFault {
  readonly target: 'notes-read' | 'notes-write' | 'handbook' | 'store';
  readonly kind: 'lost-before' | 'lost-after' | 'busy' | 'down' | 'late' | 'half';
}

/** A write that was sent, of which nobody heard, and that lands later: before its deadline, as the server promises. */
export interface LateWrite {
  readonly dueStep: number;
  readonly deadline: number;
  readonly land: () => Promise<void>;
}

/** Everything in which one history takes place. */
export interface World {
  readonly seed: number;
  readonly way: Way;
  /** A server by which no write can be guarded: what was saved since the look is written over, as mappings with `acceptRace` accept. */
  readonly unguarded: boolean;
  readonly trace: Trace;
  readonly coverage: Coverage;
  readonly scheduler: Scheduler;
  readonly ledger: Ledger;
  readonly domino: EmbeddedDomino;
  readonly file: EmbeddedDatabase;
  readonly database: NotesDatabase;
  readonly records: MemoryRecords;
  readonly handbook: Handbook;
  readonly members: MemoryMembersHandbook;
  readonly store: MemorySyncStore;
  readonly mappings: readonly Mapping[];
  readonly link: Link;
  /** Ports without scheduling and faults: for people at the operators' console, who speak to the same stores. */
  readonly deps: PassDeps;
  readonly bridge: Bridge;
  readonly logged: string[];
  readonly faults: ArmedFault[];
  readonly late: LateWrite[];
  readonly clock: { nowMs: number };
  /** A write of items that is about to reach its note. */
  coming: { readonly unid: string; readonly items: readonly string[] } | null;
  /** Notes whose content is about to be read. */
  looking: readonly string[];
  /** Effects carried out on either side so far. */
  effects: number;
  /** A word or number that nobody has written before. */
  nextWord(): string;
  nextNumber(): number;
  close(): Promise<void>;
}

export const LINK_ID = 'mo-phong';

/** Writes that are still under way land before the clock passes their deadline. */
export async function advance(world: World, ms: number): Promise<void> {
  const until = world.clock.nowMs + ms;
  for (let at = 0; at < world.late.length; ) {
    const late = world.late[at];
    if (late && late.deadline < until) {
      world.late.splice(at, 1);
      await late.land();
    } else at += 1;
  }
  world.clock.nowMs = until;
}
