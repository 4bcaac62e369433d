import { z } from 'zod';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { withTools } from './with-tools.ts';

const args = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('add'),
    // The embedded Domino checks the rest and says what is wrong.
    rule: z.looseObject({ kind: z.string(), when: z.record(z.string(), z.unknown()).default({}) }),
  }),
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({ action: z.literal('clear') }),
  z.strictObject({ action: z.literal('seed'), seed: z.int() }),
]);

/** What goes wrong, and when: `nth` call that fits, `times`, `probability`, only that `method` or `filePath`. */
type FaultRow = { readonly kind: string } & Readonly<Record<string, unknown>>;

export function dominoFault(
  tools: DominoTools | null,
): Operation<z.infer<typeof args>, { readonly faults: readonly FaultRow[] }> {
  return {
    name: 'domino-fault',
    summary: 'Adds a fault to the embedded Domino, lists them or clears all; answers those that are set',
    role: 'operator',
    args,
    run: (given) =>
      withTools(tools, (domino) => {
        if (given.action === 'add') domino.addFault(given.rule);
        if (given.action === 'clear') domino.clearFaults();
        if (given.action === 'seed') domino.seedFaults(given.seed);
        return {
          faults: domino.listFaults().map(({ kind, when, ...parts }) => ({ kind, ...when, ...parts })),
        };
      }),
  };
}
