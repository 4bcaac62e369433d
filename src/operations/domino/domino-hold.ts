import { z } from 'zod';
import type { HeldOutcome, HeldRow } from '../../../connectors/domino/embedded/people-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName, itemsSchema, noteUnid } from './domino-args.ts';
import { presentItems } from './present-items.ts';
import { withTools } from './with-tools.ts';

const note = { database: databaseName, unid: noteUnid, as: asUser };

const args = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('open'), ...note }),
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({
    action: z.literal('save'),
    ...note,
    items: itemsSchema,
    remove: z.array(z.string().min(1)).default([]).describe('items to take away'),
    giveUp: z.boolean().default(false).describe('no conflict note where somebody saved meanwhile'),
  }),
  z.strictObject({ action: z.literal('close'), ...note }),
]);

type Held = HeldRow | HeldOutcome | { readonly held: readonly HeldRow[] };

export function dominoHold(tools: DominoTools | null): Operation<z.infer<typeof args>, Held> {
  return {
    name: 'domino-hold',
    summary: 'Holds a note of the embedded Domino open and saves it later, as a person at a Notes client',
    role: 'operator',
    args,
    run: (request) =>
      withTools<Held>(tools, ({ people }) => {
        if (request.action === 'list') return { held: people.listHeld() };
        const { database, unid } = request;
        const as = request.as ?? null;
        switch (request.action) {
          case 'open':
            return people.hold(database, unid, as);
          case 'close':
            return people.closeHeld(database, unid, as);
          case 'save':
            return people.saveHeld({
              database,
              unid,
              as,
              items: presentItems(request.items),
              removed: request.remove,
              givesUp: request.giveUp,
            });
        }
      }),
  };
}
