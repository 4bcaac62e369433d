import { z } from 'zod';
import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import { gatherHandbook } from '../passes/gather-handbook.ts';
import { gatherNotes } from '../passes/gather-notes.ts';
import { listAll } from '../passes/list-all.ts';
import { storePreview } from '../passes/store-preview.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';
import { patientPass } from './patient-pass.ts';

const args = z.strictObject({ link: z.string().optional(), show: z.string().optional() });

export interface PreviewAnswer {
  readonly previews: readonly {
    readonly id: string;
    readonly link: string;
    readonly lane: string;
    readonly at: string;
    readonly events: Readonly<Record<string, number>>;
    readonly decidedBy: string | null;
    readonly entries?: readonly PreviewEntry[];
  }[];
}

/** What a run would do now, by the very planner that would do it; touches neither side. */
export function preview(bridge: Bridge): Operation<z.infer<typeof args>, PreviewAnswer> {
  return {
    name: 'preview',
    summary: 'Lists what a run would do now, or shows a stored list',
    role: 'operator',
    args,
    async run(given, context) {
      const { deps } = bridge;
      if (given.show !== undefined) {
        const row = await deps.store.preview(given.show);
        if (!row) throw new OperationError('not-found', `No preview "${given.show}"`);
        return {
          previews: [
            {
              id: row.id,
              link: row.linkId,
              lane: row.lane,
              at: row.at,
              events: eventCounts(row.entries),
              decidedBy: row.decidedBy,
              entries: row.entries,
            },
          ],
        };
      }
      const previews: PreviewAnswer['previews'][number][] = [];
      for (const link of chooseLinks(bridge, given.link)) {
        const { value } = await patientPass(deps, link, context, 'preview', async (run) => {
          await gatherNotes(deps, run);
          await gatherHandbook(deps, run);
          const row = (await deps.store.link(link.id)) ?? run.row;
          const { listed: entries } = await listAll(deps, { ...run, row });
          const lane = row.approved || row.mode === 'observe' ? 'manual' : 'first-run';
          const id = await storePreview(deps, run, lane, entries);
          // Listing set the pairs aside; a link that may write takes them up again.
          if (row.mode !== 'observe' && row.approved) {
            const fence = await run.fence();
            await deps.store.transaction(fence, (tx) => tx.unblock(link.id, 'listed'));
          }
          return { id, lane, entries };
        });
        previews.push({
          id: value.id,
          link: link.id,
          lane: value.lane,
          at: new Date(deps.clock.now()).toISOString(),
          events: eventCounts(value.entries),
          decidedBy: null,
          entries: value.entries,
        });
      }
      return { previews };
    },
  };
}

function eventCounts(entries: readonly PreviewEntry[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const entry of entries) counts[entry.event] = (counts[entry.event] ?? 0) + 1;
  return counts;
}
