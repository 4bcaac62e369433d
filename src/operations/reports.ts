import type { z } from 'zod';
import { linkArgs } from './choose-links.ts';
import type { Operation, OperationContext } from './operation.ts';

export interface LinkReports {
  readonly link: string;
  readonly made: number;
  readonly decided: number;
  readonly refused: number;
  readonly closed: number;
  readonly refreshed: number;
  readonly waiting: number;
}

/** One round of the reports of these links; those that have none are left out. */
export type RunReports = (link: string | null, context: OperationContext) => Promise<readonly LinkReports[]>;

export function reports(
  run: RunReports,
): Operation<z.infer<typeof linkArgs>, { readonly links: readonly LinkReports[] }> {
  return {
    name: 'reports',
    summary:
      'Carries out what Notes users chose in the reports, closes what is over, and makes those that are missing',
    role: 'operator',
    args: linkArgs,
    run: async ({ link }, context) => ({ links: await run(link ?? null, context) }),
  };
}
