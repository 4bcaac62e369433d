import { type Finding, fine, warning } from '../../operations/finding.ts';

const MOST_SKEW_MS = 2_000;

/** Compares another clock, read between two instants of ours (all ms), with this machine's. */
export function skewFinding(subject: string, theirs: number, asked: number, answered: number): Finding {
  const skew = theirs < asked ? theirs - asked : Math.max(0, theirs - answered);
  return Math.abs(skew) > MOST_SKEW_MS
    ? warning(
        'clock',
        subject,
        `${Math.abs(Math.round(skew / 1000))} s ${skew > 0 ? 'ahead of' : 'behind'} this machine`,
        'set both clocks by NTP: leases and sessions are reckoned by them',
      )
    : fine('clock', subject, 'agrees with this machine');
}
