import { z } from 'zod';
import type { ReplicationRow } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  path: databaseName.describe('where the new one lies'),
});

export function dominoReplica(tools: DominoTools | null): Operation<z.infer<typeof args>, ReplicationRow> {
  return {
    name: 'domino-replica',
    summary: 'Makes a new replica of a database on the embedded Domino',
    role: 'operator',
    args,
    run: ({ database, path }) =>
      withTools(tools, ({ administration }) => administration.createReplica(database, path)),
  };
}
