import { z } from 'zod';
import type { DominoTools, ShownNote } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName, noteUnid } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({ database: databaseName, unid: noteUnid });

/** For operators only: it shows what no gate has let through. */
export function dominoShow(tools: DominoTools | null): Operation<z.infer<typeof args>, ShownNote> {
  return {
    name: 'domino-show',
    summary: 'A note of the embedded Domino with all its items and its originator ID',
    role: 'operator',
    args,
    run: ({ database, unid }) => withTools(tools, (domino) => domino.showNote(database, unid)),
  };
}
