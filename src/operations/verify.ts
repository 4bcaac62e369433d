import type { z } from 'zod';
import { type Difference, verifyLink } from '../passes/verify/verify-link.ts';
import type { Bridge } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import type { Operation } from './operation.ts';
import { patientPass } from './patient-pass.ts';

export interface VerifyAnswer {
  readonly compared: number;
  readonly differences: readonly Difference[];
  readonly explained: Readonly<Record<string, number>>;
}

export function verify(bridge: Bridge): Operation<z.infer<typeof linkArgs>, VerifyAnswer> {
  return {
    name: 'verify',
    summary: 'Compares both sides from scratch, sharing nothing with the planner',
    role: 'auditor',
    args: linkArgs,
    async run(given, context) {
      let compared = 0;
      const differences: Difference[] = [];
      const explained: Record<string, number> = {};
      for (const link of chooseLinks(bridge, given.link)) {
        const { value } = await patientPass(bridge.deps, link, context, 'verify', (run) =>
          verifyLink(bridge.deps, run),
        );
        compared += value.compared;
        differences.push(...value.differences);
        for (const [reason, count] of Object.entries(value.explained))
          explained[reason] = (explained[reason] ?? 0) + count;
      }
      return { compared, differences, explained };
    },
  };
}
