import { z } from 'zod';
import type { DatabaseRow, DominoTools, NoteList } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

/** Notes that one answer names. */
const LIST_LIMIT = 200;

const args = z.strictObject({ database: databaseName.optional() });

export function dominoList(
  tools: DominoTools | null,
): Operation<z.infer<typeof args>, { readonly databases: readonly DatabaseRow[] } | NoteList> {
  return {
    name: 'domino-list',
    summary: `Databases of the embedded Domino, or the ${LIST_LIMIT} notes of one that were saved last`,
    role: 'auditor',
    args,
    run: ({ database }) =>
      withTools<{ readonly databases: readonly DatabaseRow[] } | NoteList>(tools, (domino) =>
        database === undefined
          ? { databases: domino.listDatabases() }
          : domino.listNotes(database, LIST_LIMIT),
      ),
  };
}
