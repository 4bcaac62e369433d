import { z } from 'zod';
import type { DeletedNote, DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName, noteUnid } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({ database: databaseName, unid: noteUnid, as: asUser });

export function dominoDelete(tools: DominoTools | null): Operation<z.infer<typeof args>, DeletedNote> {
  return {
    name: 'domino-delete',
    summary: 'Deletes a note of the embedded Domino and leaves a deletion stub',
    role: 'operator',
    args,
    run: ({ database, unid, as }) =>
      withTools(tools, (domino) => domino.deleteNote(database, unid, as ?? null)),
  };
}
