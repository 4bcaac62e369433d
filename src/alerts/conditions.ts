import type { LinkStatus } from '../operations/status.ts';

export type Severity = 'critical' | 'warning';

/** Something that a person should know. Links, codes and counts only: nothing of a document or a person. */
export interface Condition {
  /** The same trouble has the same key, however often it is seen. */
  readonly key: string;
  readonly severity: Severity;
  /** How long it must last before anybody is told. */
  readonly afterMs: number;
  readonly title: string;
  readonly todo: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What is wrong now. `freeShare`: of the data directory's disk; null = not known. */
export function conditionsOf(seen: {
  readonly links: readonly LinkStatus[];
  readonly failingStores: readonly string[];
  readonly freeShare: number | null;
}): readonly Condition[] {
  const found: Condition[] = seen.failingStores.map((store) => ({
    key: `store ${store}`,
    severity: 'critical',
    afterMs: MINUTE,
    title: `Store ${store} does not answer`,
    todo: 'bridge doctor',
  }));
  if (seen.freeShare !== null && seen.freeShare < 0.1)
    found.push({
      key: 'disk',
      severity: 'critical',
      afterMs: 0,
      title: `Only ${Math.floor(seen.freeShare * 100)} % of the data directory's disk are free`,
      todo: 'make room: without it neither store nor log can be written',
    });
  for (const link of seen.links) {
    const lasting = HEALTH[link.health];
    if (lasting)
      found.push({
        key: `link ${link.link} ${link.health}`,
        ...lasting,
        title: `Link ${link.link}: ${link.health}`,
        todo: link.next,
      });
    if (link.counts.openConflicts > 0)
      found.push({
        key: `link ${link.link} conflicts`,
        severity: 'warning',
        afterMs: 24 * HOUR,
        title: `Link ${link.link}: ${link.counts.openConflicts} conflicts wait for a person`,
        todo: 'bridge conflicts list',
      });
    if (link.counts.quarantined > 20)
      found.push({
        key: `link ${link.link} quarantine`,
        severity: 'warning',
        afterMs: 10 * MINUTE,
        title: `Link ${link.link}: ${link.counts.quarantined} documents are set aside`,
        todo: 'bridge quarantine list',
      });
  }
  return found;
}

const HEALTH: Readonly<
  Partial<Record<LinkStatus['health'], { readonly severity: Severity; readonly afterMs: number }>>
> = {
  suspect: { severity: 'critical', afterMs: 0 },
  braked: { severity: 'critical', afterMs: 0 },
  unreachable: { severity: 'warning', afterMs: 10 * MINUTE },
  'awaiting-approval': { severity: 'warning', afterMs: HOUR },
  paused: { severity: 'warning', afterMs: 24 * HOUR },
};
