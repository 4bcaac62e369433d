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
  city: z.boolean().default(false).describe('add everything else that a city has'),
  meetings: z
    .int()
    .min(0)
    .max(12)
    .default(12)
    .describe('regular meetings of each cell in a city, with attendance'),
});

/** One row a form, so that a table shows it. */
export interface Generated {
  readonly notes: number;
  readonly databases: readonly string[];
  /** Notes with decomposed letters, with text typed in an ABC font, with a date that is known in part. */
  readonly texts: { readonly decomposed: number; readonly abcFont: number; readonly partialDate: number };
  readonly forms: readonly {
    readonly form: string;
    readonly released: number;
    readonly unmarked: number;
    readonly classified: number;
    readonly broken: number;
    readonly childOfUnreleased: number;
    readonly duplicate: number;
    readonly denied: number;
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
        const { notes, databases, forms, texts } = await domino.generate(
          sample,
          watchOf(context, 'generate'),
        );
        return {
          notes,
          databases: [databases.members, databases.work],
          texts,
          forms: Object.entries(forms).map(([form, counts]) => ({ form, ...counts })),
        };
      }),
  };
}
