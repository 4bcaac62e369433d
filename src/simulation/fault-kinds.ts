import type { ArmedFault } from './world.ts';

/** Each as likely as the others; a write that lands late, and one of which nobody hears, is the worst and comes more often. */
export const FAULTS: readonly ArmedFault[] = [
  { target: 'notes-write', kind: 'lost-before' },
  { target: 'notes-write', kind: 'lost-after' },
  { target: 'notes-write', kind: 'lost-after' },
  { target: 'notes-write', kind: 'late' },
  { target: 'notes-write', kind: 'late' },
  { target: 'notes-write', kind: 'busy' },
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
