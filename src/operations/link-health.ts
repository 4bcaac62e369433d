import type { LinkRow } from '../../connectors/postgres/port.ts';

/** The worst that is true of a link, in the order in which a person should care. */
export const HEALTHS = [
  'suspect',
  'unreachable',
  'braked',
  'awaiting-approval',
  'paused',
  'behind',
  'healthy',
] as const;
export type LinkHealth = (typeof HEALTHS)[number];

/** A link counts as unreachable for so long after it was to be tried again. */
const GRACE_MS = 60_000;

type State = Pick<
  LinkRow,
  | 'suspect'
  | 'restsUntil'
  | 'failures'
  | 'brakeDeletes'
  | 'brakeUpdates'
  | 'approved'
  | 'pulledAt'
  | 'pausedPull'
  | 'pausedPush'
>;

export function healthOf(row: State, behind: boolean, now: number): LinkHealth {
  if (row.suspect !== null) return 'suspect';
  if (row.restsUntil !== null && Date.parse(row.restsUntil) > now - GRACE_MS && row.failures > 0)
    return 'unreachable';
  if (row.brakeDeletes !== null || row.brakeUpdates !== null) return 'braked';
  if (!row.approved && row.pulledAt !== null) return 'awaiting-approval';
  if (row.pausedPull || row.pausedPush) return 'paused';
  return behind ? 'behind' : 'healthy';
}
