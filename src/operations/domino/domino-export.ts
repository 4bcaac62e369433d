import { z } from 'zod';
import type { DominoTools, ExportReport } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { watchOf } from './watch-of.ts';
import { withTools } from './with-tools.ts';

/** Characters of DXL that an answer may hold; more goes to a file. */
const LONGEST_ANSWER = 32 * 1024 * 1024;

const args = z.strictObject({
  database: databaseName,
  out: z
    .string()
    .min(1)
    .optional()
    .describe("a file on the bridge's machine; missing = the answer holds the DXL"),
});

type Exported = ExportReport | { readonly dxl: string };

export function dominoExport(tools: DominoTools | null): Operation<z.infer<typeof args>, Exported> {
  return {
    name: 'domino-export',
    summary: 'Exports a database of the embedded Domino as DXL',
    role: 'operator',
    args,
    run: ({ database, out }, context) =>
      withTools<Exported>(tools, async (domino) => {
        const watch = watchOf(context, 'export');
        return out === undefined
          ? { dxl: await domino.exportText(database, LONGEST_ANSWER, watch) }
          : domino.exportDxl(database, out, watch);
      }),
  };
}
