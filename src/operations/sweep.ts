import type { z } from 'zod';
import { sweepPass } from '../passes/link-passes.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import type { Operation } from './operation.ts';
import { patientPass } from './patient-pass.ts';

export function sweep(
  bridge: Bridge,
): Operation<
  z.infer<typeof linkArgs>,
  { readonly links: readonly { readonly link: string; readonly fresh: number }[] }
> {
  return {
    name: 'sweep',
    summary: 'Goes through every known note of a link to find what slices cannot show',
    role: 'operator',
    args: linkArgs,
    async run(given, context) {
      const links: { link: string; fresh: number }[] = [];
      for (const link of chooseLinks(bridge, given.link)) {
        let fresh = 0;
        for (let finished = false; !finished; ) {
          const { value } = await patientPass(bridge.deps, link, context, 'sweep', (run) =>
            sweepPass(bridge.deps, run),
          );
          fresh += value.fresh;
          finished = value.finished;
        }
        links.push({ link: link.id, fresh });
      }
      return { links };
    },
  };
}
