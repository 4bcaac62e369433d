import { z } from 'zod';
import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import { proposeRepair } from '../passes/propose-repair.ts';
import { storePreview } from '../passes/store-preview.ts';
import { verifyLink } from '../passes/verify/verify-link.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import type { Operation } from './operation.ts';
import { patientPass } from './patient-pass.ts';

export interface RepairAnswer {
  readonly repairs: readonly {
    readonly link: string;
    readonly differences: number;
    /** The list to accept with `sync --once --accept-preview`; null = there is nothing to do. */
    readonly preview: string | null;
    readonly entries: readonly PreviewEntry[];
    /** Differences that no pair stands behind; `sweep` looks for their notes. */
    readonly unbound: number;
  }[];
}

/** [RP1] Verifies, and lists what the planner would do about what differs. Nothing is done until a person accepts the list. */
export function repair(bridge: Bridge): Operation<z.infer<typeof linkArgs>, RepairAnswer> {
  return {
    name: 'repair',
    summary: 'Compares both sides and lists what the planner would do about the differences; changes nothing',
    role: 'operator',
    args: linkArgs,
    async run(given, context) {
      const repairs: RepairAnswer['repairs'][number][] = [];
      for (const link of chooseLinks(bridge, given.link)) {
        const { value } = await patientPass(bridge.deps, link, context, 'repair', async (run) => {
          const { differences } = await verifyLink(bridge.deps, run);
          const { entries, unbound } = await proposeRepair(bridge.deps, run, differences);
          const preview =
            entries.length === 0 ? null : await storePreview(bridge.deps, run, 'repair', entries);
          return { link: link.id, differences: differences.length, preview, entries, unbound };
        });
        repairs.push(value);
      }
      return { repairs };
    },
  };
}
