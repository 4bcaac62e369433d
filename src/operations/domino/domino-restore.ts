import { z } from 'zod';
import type { RestoreRow } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  file: z.string().min(1).describe("a backup on the bridge's machine"),
  confirmed: z.boolean().default(false).describe('false = only say what would be lost'),
});

export function dominoRestore(tools: DominoTools | null): Operation<z.infer<typeof args>, RestoreRow> {
  return {
    name: 'domino-restore',
    summary: 'Puts a backup in the place of a database of the embedded Domino; what came since is lost',
    role: 'operator',
    args,
    run: ({ database, file, confirmed }) =>
      withTools(tools, ({ administration }) => administration.restore(database, file, confirmed)),
  };
}
