import { z } from 'zod';
import type { GroupRow } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  set: z
    .strictObject({ group: z.string().min(1), members: z.array(z.string().min(1)) })
    .optional()
    .describe('no members = no group'),
});

export function dominoGroup(
  tools: DominoTools | null,
): Operation<z.infer<typeof args>, { readonly groups: readonly GroupRow[] }> {
  return {
    name: 'domino-group',
    summary: "Lists the groups of the embedded Domino's directory, after setting one",
    role: 'operator',
    args,
    run: ({ set }) =>
      withTools(tools, ({ administration }) => ({
        groups:
          set === undefined ? administration.listGroups() : administration.setGroup(set.group, set.members),
      })),
  };
}
