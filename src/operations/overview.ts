import type { LinkSummary, PassRow, ReleaseRequest } from '../../connectors/postgres/watch-port.ts';
import type { LinkFacts } from './link-facts.ts';
import { healthOf, type LinkHealth } from './link-health.ts';

export interface OverviewLink extends LinkSummary {
  readonly title: LinkFacts['title'];
  readonly health: LinkHealth;
  /** How long the sides have not been known to agree; null before the first look. */
  readonly lagSeconds: number | null;
  readonly running: PassRow | null;
}

/** Something that waits for a person. `what` names it; the pages have the words. */
export interface Attention {
  readonly what:
    | 'suspect'
    | 'unreachable'
    | 'brake-deletes'
    | 'brake-updates'
    | 'awaiting-approval'
    | 'conflicts'
    | 'quarantine'
    | 'behind'
    | 'paused';
  /** 1 = now, 2 = today, 3 = when there is time. */
  readonly urgency: 1 | 2 | 3;
  readonly linkId: string;
  readonly since: string | null;
  readonly count: number | null;
  /** Reason or failure code. */
  readonly code: string | null;
  readonly previewId: string | null;
  /** Who asked for the release that a second person has to confirm. */
  readonly askedBy: string | null;
}

export interface Overview {
  readonly at: string;
  readonly links: readonly OverviewLink[];
  /** Most urgent first, oldest first within one urgency. */
  readonly attention: readonly Attention[];
}

export interface OverviewInput {
  readonly now: number;
  readonly facts: readonly LinkFacts[];
  readonly summaries: readonly LinkSummary[];
  readonly running: readonly PassRow[];
  readonly requests: readonly ReleaseRequest[];
}

/** In so many rounds of pull a change should have crossed; a minute more for what is slow. */
const LATE_ROUNDS = 4;
const LATE_SECONDS = 60;

export function overviewOf({ now, facts, summaries, running, requests }: OverviewInput): Overview {
  const links: OverviewLink[] = [];
  const attention: Attention[] = [];
  for (const fact of facts) {
    const summary = summaries.find((one) => one.linkId === fact.linkId);
    if (!summary) continue;
    const lagSeconds = lagOf(summary, now);
    const late =
      lagSeconds === null ||
      summary.pulledAt === null ||
      lagSeconds > fact.schedule.pullSeconds * LATE_ROUNDS + LATE_SECONDS;
    const link: OverviewLink = {
      ...summary,
      title: fact.title,
      health: healthOf(summary, late, now),
      lagSeconds,
      running: running.find((pass) => pass.linkId === fact.linkId) ?? null,
    };
    links.push(link);
    attention.push(...attentionOf(link, requests));
  }
  const order = new Map(WHAT.map((what, place) => [what, place]));
  attention.sort(
    (a, b) =>
      a.urgency - b.urgency ||
      (order.get(a.what) ?? 0) - (order.get(b.what) ?? 0) ||
      (a.since ?? '').localeCompare(b.since ?? '') ||
      a.linkId.localeCompare(b.linkId),
  );
  return { at: new Date(now).toISOString(), links, attention };
}

/** Within one urgency. */
const WHAT: readonly Attention['what'][] = [
  'suspect',
  'unreachable',
  'brake-deletes',
  'brake-updates',
  'awaiting-approval',
  'conflicts',
  'quarantine',
  'behind',
  'paused',
];

function lagOf({ behindSince, pulledAt }: LinkSummary, now: number): number | null {
  const since = behindSince ?? pulledAt;
  return since === null ? null : Math.max(0, Math.round((now - Date.parse(since)) / 1_000));
}

function attentionOf(link: OverviewLink, requests: readonly ReleaseRequest[]): readonly Attention[] {
  const found: Attention[] = [];
  const add = (given: Pick<Attention, 'what' | 'urgency'> & Partial<Attention>) =>
    found.push({
      linkId: link.linkId,
      since: null,
      count: null,
      code: null,
      previewId: null,
      askedBy: null,
      ...given,
    });
  const askedBy = (preview: string) =>
    requests.find((request) => request.previewId === preview)?.askedBy ?? null;

  if (link.suspect !== null) add({ what: 'suspect', urgency: 1, since: link.suspectAt, code: link.suspect });
  if (link.health === 'unreachable')
    add({
      what: 'unreachable',
      urgency: 1,
      since: link.pulledAt ?? link.failedAt,
      code: link.failureCode,
      count: link.failures,
    });
  for (const [what, preview] of [
    ['brake-deletes', link.brakeDeletes],
    ['brake-updates', link.brakeUpdates],
  ] as const)
    if (preview !== null) add({ what, urgency: 1, previewId: preview, askedBy: askedBy(preview) });
  if (link.health === 'awaiting-approval') add({ what: 'awaiting-approval', urgency: 2 });
  if (link.conflicts > 0)
    add({ what: 'conflicts', urgency: 2, count: link.conflicts, since: link.oldestConflictAt });
  if (link.quarantined > 0)
    add({ what: 'quarantine', urgency: 2, count: link.quarantined, since: link.oldestQuarantineAt });
  if (link.health === 'behind')
    add({
      what: 'behind',
      urgency: link.running === null ? 2 : 3,
      since: link.behindSince ?? link.pulledAt,
      code: link.pulledAt === null ? 'first-look' : null,
      count: link.waitingHandbook + link.waitingNotes,
    });
  if (link.pausedPull || link.pausedPush)
    add({
      what: 'paused',
      urgency: 3,
      code: link.pausedPull && link.pausedPush ? 'both' : link.pausedPull ? 'pull' : 'push',
    });
  return found;
}
