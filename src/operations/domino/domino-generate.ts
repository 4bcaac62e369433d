import { z } from 'zod';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { watchOf } from './watch-of.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  members: z.int().min(1),
  seed: z.int().min(0),
  databasePrefix: z.string().default('').describe("what the databases' names start with"),
  flaws: z.boolean().default(false).describe('add notes that cannot be read'),
});

/** One row a form, so that a table shows it. */
export interface Generated {
  readonly notes: number;
  readonly databases: readonly string[];
  readonly forms: readonly {
    readonly form: string;
    readonly released: number;
    readonly unmarked: number;
    readonly classified: number;
    readonly broken: number;
    readonly childOfUnreleased: number;
  }[];
}

export function dominoGenerate(tools: DominoTools | null): Operation<z.infer<typeof args>, Generated> {
  return {
    name: 'domino-generate',
    summary: 'Fills databases of the embedded Domino with an invented Party committee',
    role: 'operator',
    args,
    run: (sample, context) =>
      withTools(tools, async (domino) => {
        const { notes, databases, forms } = await domino.generate(sample, watchOf(context, 'generate'));
        return {
          notes,
          databases: [databases.members, databases.work],
          forms: Object.entries(forms).map(([form, counts]) => ({ form, ...counts })),
        };
      }),
  };
}
