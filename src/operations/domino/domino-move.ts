import { z } from 'zod';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({ database: databaseName, path: databaseName.describe('where it goes') });

export function dominoMove(
  tools: DominoTools | null,
): Operation<z.infer<typeof args>, { readonly database: string; readonly from: string }> {
  return {
    name: 'domino-move',
    summary: 'Moves a database of the embedded Domino to another path',
    role: 'operator',
    args,
    run: ({ database, path }) =>
      withTools(tools, ({ administration }) => administration.move(database, path)),
  };
}
