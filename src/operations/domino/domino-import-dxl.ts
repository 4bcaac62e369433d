import { z } from 'zod';
import type { ImportResult } from '../../../connectors/domino/dxl/import-dxl.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { watchOf } from './watch-of.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  files: z.array(z.string().min(1)).min(1).describe("paths on the bridge's machine"),
});

export function dominoImportDxl(tools: DominoTools | null): Operation<z.infer<typeof args>, ImportResult> {
  return {
    name: 'domino-import-dxl',
    summary: 'Imports notes from DXL files into a database of the embedded Domino',
    role: 'operator',
    args,
    run: ({ database, files }, context) =>
      withTools(tools, (domino) => domino.importDxl(database, files, watchOf(context, 'import'))),
  };
}
