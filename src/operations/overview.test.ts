import { describe, expect, it } from 'vitest';
import type { LinkSummary } from '../../connectors/postgres/watch-port.ts';
import type { LinkFacts } from './link-facts.ts';
import { overviewOf } from './overview.ts';

const NOW = Date.UTC(2026, 2, 1, 10);
const ago = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString();

function summary(linkId: string, differing: Partial<LinkSummary> = {}): LinkSummary {
  return {
    linkId,
    mode: 'sync',
    approved: true,
    pausedPull: false,
    pausedPush: false,
    brakeUpdates: null,
    brakeDeletes: null,
    suspect: null,
    suspectAt: null,
    mappingChanged: false,
    activeInstance: null,
    pulledAt: ago(10),
    pushedAt: ago(5),
    sweptAt: null,
    failures: 0,
    failedAt: null,
    failureCode: null,
    restsUntil: null,
    pairs: 10,
    live: 10,
    waitingHandbook: 0,
    waitingNotes: 0,
    runnable: 0,
    conflicts: 0,
    oldestConflictAt: null,
    quarantined: 0,
    oldestQuarantineAt: null,
    withheld: 0,
    withdrawn: 0,
    missing: 0,
    detached: 0,
    behindSince: null,
    ...differing,
  };
}

const facts = (linkId: string): LinkFacts => ({
  linkId,
  title: { vi: linkId, en: linkId },
  mode: 'sync',
  replicaSet: '4725880000AA0001',
  via: 'embedded-proton',
  identity: 'CN=Cau noi/O=Mau',
  instances: [],
  capabilities: {} as LinkFacts['capabilities'],
  schedule: { pullSeconds: 30, pushSeconds: 5, sweepMinutes: 15 },
  brake: { deletes: { floor: 20, share: 0.02 }, updates: { floor: 50, share: 0.2 } },
  failoverAfter: null,
  forms: [],
});

const overview = (...summaries: readonly LinkSummary[]) =>
  overviewOf({
    now: NOW,
    facts: summaries.map((one) => facts(one.linkId)),
    summaries,
    running: [],
    requests: [{ previewId: 'p', linkId: 'braked', askedBy: 'mai.anh', at: ago(1), reason: 'r' }],
  });

describe('the overview', () => {
  it('names what needs a person by urgency: suspect, down, braked, then conflicts, quarantine, what is late, what is paused', () => {
    const { attention, links } = overview(
      summary('paused', { pausedPush: true }),
      summary('late', { waitingHandbook: 3, behindSince: ago(900) }),
      summary('quarantine', { quarantined: 2, oldestQuarantineAt: ago(60) }),
      summary('conflicts', { conflicts: 1, oldestConflictAt: ago(7_200) }),
      summary('braked', { brakeDeletes: 'p', waitingHandbook: 30, behindSince: ago(100) }),
      summary('down', { failures: 4, failureCode: 'unreachable', restsUntil: ago(-30) }),
      summary('suspect', { suspect: 'restored', suspectAt: ago(50) }),
      summary('well'),
    );
    expect(attention.map(({ urgency, linkId }) => `${urgency} ${linkId}`)).toEqual([
      '1 suspect',
      '1 down',
      '1 braked',
      '2 conflicts',
      '2 quarantine',
      '2 late',
      '3 paused',
    ]);
    expect(attention[2]).toMatchObject({ what: 'brake-deletes', previewId: 'p', askedBy: 'mai.anh' });
    expect(links.map(({ health }) => health)).toEqual([
      'paused',
      'behind',
      'healthy',
      'healthy',
      'braked',
      'unreachable',
      'suspect',
      'healthy',
    ]);
  });

  it('lag is how long the sides have not been known to agree: since the last look, or since something waits', () => {
    const { links } = overview(
      summary('even', { pulledAt: ago(12) }),
      summary('waiting', { waitingNotes: 1, behindSince: ago(47) }),
      summary('new', { pulledAt: null }),
    );
    expect(links.map(({ lagSeconds, health }) => [lagSeconds, health])).toEqual([
      [12, 'healthy'],
      [47, 'healthy'],
      [null, 'behind'],
    ]);
  });

  it('of equal urgency the oldest comes first', () => {
    const { attention } = overview(
      summary('young', { conflicts: 1, oldestConflictAt: ago(10) }),
      summary('old', { conflicts: 1, oldestConflictAt: ago(999) }),
    );
    expect(attention.map(({ linkId }) => linkId)).toEqual(['old', 'young']);
  });
});
