import type { ArmedFault } from './world.ts';

/** Writes to Notes are rarer than other calls, and what becomes of them matters most: their faults come more often. */
export const FAULTS: readonly ArmedFault[] = [
  { target: 'notes-write', kind: 'lost-before' },
  { target: 'notes-write', kind: 'lost-after' },
  { target: 'notes-write', kind: 'lost-after' },
  { target: 'notes-write', kind: 'late' },
  { target: 'notes-write', kind: 'late' },
  { target: 'notes-write', kind: 'lost-before' },
  { target: 'notes-write', kind: 'busy' },
  { target: 'notes-write', kind: 'busy' },
  { target: 'notes-write', kind: 'down' },
  { target: 'notes-write', kind: 'down' },
  { target: 'notes-read', kind: 'busy' },
  { target: 'notes-read', kind: 'down' },
  { target: 'handbook', kind: 'lost-before' },
  { target: 'handbook', kind: 'lost-after' },
  { target: 'handbook', kind: 'half' },
  { target: 'store', kind: 'lost-before' },
  { target: 'store', kind: 'lost-after' },
];

/** As they are counted when they strike. */
export const FAULT_KINDS: readonly string[] = [
  ...new Set(FAULTS.map(({ target, kind }) => faultName({ target, kind }))),
];

export function faultName({ target, kind }: ArmedFault): string {
  return `fault ${target} ${kind}`;
}
