import { z } from 'zod';
import type { SavedNote } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName, itemsSchema, noteUnid } from './domino-args.ts';
import { presentItems } from './present-items.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({ database: databaseName, unid: noteUnid, items: itemsSchema, as: asUser });

export function dominoEdit(tools: DominoTools | null): Operation<z.infer<typeof args>, SavedNote> {
  return {
    name: 'domino-edit',
    summary: 'Sets items of a note of the embedded Domino, as a Notes user would save them',
    role: 'operator',
    args,
    run: ({ database, unid, items, as }) =>
      withTools(tools, (domino) => domino.editNote(database, unid, presentItems(items), as ?? null)),
  };
}
