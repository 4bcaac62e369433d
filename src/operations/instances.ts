import { z } from 'zod';
import type { InstanceRow, LinkRow } from '../../connectors/postgres/port.ts';
import { instancesOf } from '../passes/choose-instance.ts';
import type { Link } from '../passes/pass-deps.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import type { Operation } from './operation.ts';

export interface LinkInstances {
  readonly link: string;
  /** Why the link waits for a person; null = no reason to think that a side was restored or replaced. */
  readonly suspect: string | null;
  /** `none`: the link writes nothing to Notes, so it cannot mark its file, and a restored one is not noticed. */
  readonly restoreDetection: 'marker' | 'none';
  readonly instances: readonly {
    readonly instance: string;
    readonly active: boolean;
    readonly generation: number;
    readonly markedAt: string | null;
  }[];
}

/** [IM8] A link that may not write to Notes cannot mark its file. */
export function restoreDetection(link: Link, row: LinkRow, known: readonly InstanceRow[]): 'marker' | 'none' {
  const marks = link.marker !== undefined && (row.mode === 'sync' || row.mode === 'propose');
  return marks || known.some((one) => one.generation > 0) ? 'marker' : 'none';
}

/** Which files each link has, which one it works with, and what marks they carry. */
export function instancesList(
  bridge: Bridge,
): Operation<z.infer<typeof linkArgs>, { readonly links: readonly LinkInstances[] }> {
  return {
    name: 'instances-list',
    summary: 'The files of each link in their order, the active one, and their marks',
    role: 'auditor',
    args: linkArgs,
    async run(given) {
      const { store } = bridge.deps;
      const links: LinkInstances[] = [];
      for (const link of chooseLinks(bridge, given.link)) {
        const row = await store.link(link.id);
        if (!row) continue;
        const known = await store.instances(link.id);
        links.push({
          link: link.id,
          suspect: row.suspect,
          restoreDetection: restoreDetection(link, row, known),
          instances: instancesOf(link).map(({ instanceId }) => {
            const mark = known.find((one) => one.instanceId === instanceId);
            return {
              instance: instanceId,
              active: (row.wantedInstance ?? row.activeInstance ?? link.instanceId) === instanceId,
              generation: mark?.generation ?? 0,
              markedAt: mark?.markedAt ?? null,
            };
          }),
        });
      }
      return { links };
    },
  };
}
