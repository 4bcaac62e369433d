import type { z } from 'zod';
import type { LinkCounts, LinkRow } from '../../connectors/postgres/port.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import { restoreDetection } from './instances.ts';
import { healthOf, type LinkHealth } from './link-health.ts';
import type { Operation } from './operation.ts';

export interface LinkStatus {
  readonly link: string;
  readonly health: LinkHealth;
  readonly mode: string;
  readonly next: string;
  readonly pulledAt: string | null;
  readonly pushedAt: string | null;
  readonly sweptAt: string | null;
  /** `none`: a restored or replaced Notes file would not be noticed, because the link may not mark it. */
  readonly restoreDetection: 'marker' | 'none';
  readonly counts: LinkCounts;
}

export function status(
  bridge: Bridge,
): Operation<z.infer<typeof linkArgs>, { readonly links: readonly LinkStatus[] }> {
  return {
    name: 'status',
    summary: 'Health and counts of every link',
    role: 'auditor',
    args: linkArgs,
    async run(given) {
      const links: LinkStatus[] = [];
      for (const link of chooseLinks(bridge, given.link)) {
        const row = await bridge.deps.store.link(link.id);
        if (!row) continue;
        const counts = await bridge.deps.store.counts(link.id);
        const health = healthOf(row, counts.runnable > 0, bridge.deps.clock.now());
        links.push({
          link: link.id,
          health,
          mode: row.mode,
          next: nextStep(row, health),
          pulledAt: row.pulledAt,
          pushedAt: row.pushedAt,
          sweptAt: row.sweptAt,
          counts,
          restoreDetection: restoreDetection(link, row, await bridge.deps.store.instances(link.id)),
        });
      }
      return { links };
    },
  };
}

function nextStep(row: LinkRow, health: LinkHealth): string {
  switch (health) {
    case 'suspect':
      return `${row.suspect}: look at bridge instance list, then bridge instance release --link ${row.linkId} --was restored|same --reason …`;
    case 'unreachable':
      return `the server fails with ${row.failureCode}: tried again at ${row.restsUntil}`;
    case 'braked': {
      const lane = row.brakeDeletes === null ? 'updates' : 'deletes';
      return `bridge preview --show ${row.brakeDeletes ?? row.brakeUpdates}, then bridge release --link ${row.linkId} --lane ${lane} --reason …`;
    }
    case 'awaiting-approval':
      return `bridge preview --link ${row.linkId}, then bridge sync --once --accept-preview …`;
    case 'paused':
      return `bridge resume --link ${row.linkId}`;
    case 'behind':
    case 'healthy':
      return '';
  }
}
