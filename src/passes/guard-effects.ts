import type { LinkRow } from '../../connectors/postgres/port.ts';
import { pingPong } from '../sync/brake.ts';
import type { Blocked } from '../sync/pair.ts';
import type { Plan } from '../sync/plan-types.ts';
import type { Looked } from './look.ts';
import type { PassDeps } from './pass-deps.ts';

export interface Planned extends Looked {
  readonly plan: Plan;
}

/** What is left of a plan after modes, pauses and brakes; what is not done now stays pending under `blocked`. */
export interface Guarded extends Planned {
  readonly blocked: Blocked | null;
}

/** A brake's lane. A hiding counts as a deletion: an emptied side shows itself first as notes that cannot be found. */
export type Lane = 'deletes' | 'updates';

export function lanesOf(plan: Plan): ReadonlySet<Lane> {
  const lanes = new Set<Lane>();
  if (plan.handbook?.kind === 'remove' || plan.handbook?.kind === 'hide' || plan.notes?.kind === 'delete')
    lanes.add('deletes');
  if (plan.handbook?.kind === 'put' && plan.handbook.event !== 'create-record') lanes.add('updates');
  if (plan.notes?.kind === 'update') lanes.add('updates');
  return lanes;
}

/** [BR3] Nothing of this plan happens: it is only told. A withdrawal happens all the same. */
export function onlyList(planned: Planned): Guarded {
  const { plan } = planned;
  if (plan.handbook?.kind === 'withdraw' || (!plan.handbook && !plan.notes))
    return { ...planned, blocked: null };
  return none(planned, 'listed');
}

/** [MO1] [PA1] [BR2] [PP1] Takes away the effects that may not happen now. Withdrawals are never held back. */
export function guard(
  deps: Pick<PassDeps, 'clock'>,
  row: LinkRow,
  listing: ReadonlySet<Lane>,
  planned: Planned,
  already: Blocked | null = null,
): Guarded {
  const { plan } = planned;
  if (plan.handbook?.kind === 'withdraw') return { ...planned, blocked: null };
  // [IM2] Nothing is buried either: a restored side proves no deletion.
  if (row.suspect !== null && (plan.handbook || plan.notes || plan.status === 'tombstone'))
    return none(planned, 'instance');
  if (!plan.handbook && !plan.notes) return { ...planned, blocked: heldBack(planned) };
  if (row.mode === 'observe') return none(planned, 'mode');
  const lanes = lanesOf(plan);
  if (lanes.has('deletes') && (row.brakeDeletes !== null || listing.has('deletes')))
    return none(planned, 'brake-deletes');
  if (lanes.has('updates') && (row.brakeUpdates !== null || listing.has('updates')))
    return none(planned, 'brake-updates');
  if (plan.handbook && row.pausedPull)
    return row.pausedPush || !separable(plan)
      ? none(planned, 'paused-pull')
      : guard(deps, { ...row, pausedPull: false }, listing, withoutHandbook(planned), 'paused-pull');
  if (pingPong(planned.pair.effects, deps.clock.now())) {
    return {
      ...none(planned, 'quarantine'),
      quarantine: { code: 'ping-pong', detail: 'both sides keep overwriting each other' },
    };
  }
  if (plan.notes) {
    const allowed = row.mode === 'sync' || (row.mode === 'propose' && plan.notes.kind === 'create');
    if (!allowed) return already === null ? withoutNotes(planned, 'mode') : none(planned, already);
    if (row.pausedPush) return withoutNotes(planned, 'paused-push');
  }
  return { ...planned, blocked: already };
}

/** [BR1] As {@link guard}; what is more than its lane may still do is set aside like what a brake holds. */
export function withinAllowance(
  deps: Pick<PassDeps, 'clock'>,
  row: LinkRow,
  listing: ReadonlySet<Lane>,
  planned: Planned,
  left: Map<Lane, number>,
): Guarded {
  const guarded = guard(deps, row, listing, planned);
  const lanes = [...lanesOf(guarded.plan)];
  const full = lanes.filter((lane) => (left.get(lane) ?? 1) < 1);
  if (full.length > 0) return guard(deps, row, new Set([...listing, ...full]), planned);
  for (const lane of lanes) {
    const rest = left.get(lane);
    if (rest !== undefined) left.set(lane, rest - 1);
  }
  return guarded;
}

/**
 * The note's half of a merge can go alone, unless a conflict was decided, whose row tells of both halves, or [ME6] a set is written to both sides: the
 * half that stayed behind would look like a removal.
 */
function separable({ notes, handbook, conflicts }: Plan): boolean {
  if (notes?.kind !== 'update' || conflicts.length > 0) return false;
  return handbook?.kind !== 'put' || Object.keys(notes.set).every((name) => handbook.set[name] === undefined);
}

function withoutHandbook(planned: Planned): Planned {
  return { ...planned, plan: { ...planned.plan, handbook: null, baseAfterHandbook: {} } };
}

/** [GA6] A member's edit of a record whose note nobody has released yet waits for the release. */
function heldBack(planned: Planned): Blocked | null {
  const waits =
    planned.plan.rule === 'PL14' &&
    planned.handbook.kind === 'record' &&
    planned.handbook.version !== planned.pair.syncedHandbook &&
    planned.intents.length === 0;
  return waits ? 'held' : null;
}

function none(planned: Planned, blocked: Blocked): Guarded {
  return {
    ...planned,
    plan: {
      ...planned.plan,
      handbook: null,
      notes: null,
      baseAfterHandbook: {},
      baseAfterNotes: {},
      conflicts: [],
      status: planned.pair.status,
      reason: planned.pair.reason,
    },
    blocked,
  };
}

function withoutNotes(planned: Planned, blocked: Blocked): Guarded {
  const status = planned.plan.notes?.kind === 'update' ? planned.plan.status : planned.pair.status;
  return { ...planned, plan: { ...planned.plan, notes: null, baseAfterNotes: {}, status }, blocked };
}
