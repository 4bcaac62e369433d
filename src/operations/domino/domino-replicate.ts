import { z } from 'zod';
import type { ReplicationRow } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  with: databaseName.describe('another replica'),
  direction: z.enum(['both', 'pull', 'push']).default('both').describe('seen from `database`'),
  cutAfter: z.int().min(0).optional().describe('the connection breaks after so many notes and stubs'),
});

export function dominoReplicate(
  tools: DominoTools | null,
): Operation<z.infer<typeof args>, { readonly replications: readonly ReplicationRow[] }> {
  return {
    name: 'domino-replicate',
    summary: 'Replicates two replicas of the embedded Domino, as its replicator would',
    role: 'operator',
    args,
    run: ({ cutAfter, ...request }) =>
      withTools(tools, ({ administration }) => ({
        replications: administration.replicate({
          ...request,
          cutAfter: cutAfter ?? null,
        }),
      })),
  };
}
