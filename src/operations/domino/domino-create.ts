import { z } from 'zod';
import type { DatabaseRow, DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({ database: databaseName, title: z.string().min(1).optional() });

export function dominoCreate(tools: DominoTools | null): Operation<z.infer<typeof args>, DatabaseRow> {
  return {
    name: 'domino-create',
    summary: 'Creates an empty database on the embedded Domino',
    role: 'operator',
    args,
    run: ({ database, title }) =>
      withTools(tools, (domino) => domino.createDatabase(database, title ?? null)),
  };
}
