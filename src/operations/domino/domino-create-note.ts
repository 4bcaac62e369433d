import { z } from 'zod';
import type { SavedNote } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName, itemsSchema } from './domino-args.ts';
import { presentItems } from './present-items.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  form: z.string().min(1),
  items: itemsSchema,
  as: asUser,
});

export function dominoCreateNote(tools: DominoTools | null): Operation<z.infer<typeof args>, SavedNote> {
  return {
    name: 'domino-create-note',
    summary: 'Creates a note on the embedded Domino',
    role: 'operator',
    args,
    run: ({ database, form, items, as }) =>
      withTools(tools, (domino) =>
        domino.createNote(
          database,
          { Form: { type: 'text', values: [form] }, ...presentItems(items) },
          as ?? null,
        ),
      ),
  };
}
