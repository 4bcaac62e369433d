import { z } from 'zod';
import type { PurgeRow } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  confirmed: z.boolean().default(false).describe('false = only count'),
});

export function dominoPurge(tools: DominoTools | null): Operation<z.infer<typeof args>, PurgeRow> {
  return {
    name: 'domino-purge',
    summary: 'Forgets deletion stubs of the embedded Domino that are older than the purge interval',
    role: 'operator',
    args,
    run: ({ database, confirmed }) =>
      withTools(tools, ({ administration }) => administration.purge(database, confirmed)),
  };
}
