import { z } from 'zod';
import type { SwitchRow } from '../../../connectors/domino/embedded/domain-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  name: z.string().min(1).optional().describe('missing = all'),
  value: z.string().min(1).nullable().optional().describe('missing = only show; null = back to the default'),
  database: databaseName.optional().describe('for this database alone; missing = for the server'),
});

export function dominoSwitch(
  tools: DominoTools | null,
): Operation<z.infer<typeof args>, { readonly switches: readonly SwitchRow[] }> {
  return {
    name: 'domino-switch',
    summary: 'Shows how open points of Domino are set on the embedded one, or sets one',
    role: 'operator',
    args: args.refine(({ name, value }) => value === undefined || name !== undefined, {
      error: 'a value needs the name of its switch',
    }),
    run: ({ name, value, database = null }) =>
      withTools(tools, ({ domain }) => ({
        switches:
          value === undefined || name === undefined
            ? domain.listSwitches(name ?? null, database)
            : [domain.setSwitch(name, value, database)],
      })),
  };
}
