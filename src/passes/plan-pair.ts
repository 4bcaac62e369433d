import { plan } from '../sync/plan.ts';
import { isDoubtful } from './doubtful-base.ts';
import type { Planned } from './guard-effects.ts';
import type { Looked } from './look.ts';

/** What the planner says to one pair, as it was looked at. */
export function planPair(entry: Looked, doubtful: boolean = isDoubtful(entry)): Planned {
  const decided = plan({
    mapping: entry.mapping,
    pair: entry.pair,
    doubtful,
    notes: entry.notes,
    handbook: entry.handbook,
    intents: entry.intents,
    frozen: new Set(entry.frozen.keys()),
    key: entry.key,
  });
  return { ...entry, plan: decided };
}
