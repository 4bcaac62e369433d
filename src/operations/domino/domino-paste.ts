import { z } from 'zod';
import type { SavedNote } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName, noteUnid } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  unid: noteUnid,
  into: databaseName.optional().describe('missing = the same database'),
  under: noteUnid.optional().describe('as a response of this document'),
  cut: z.boolean().default(false).describe('the original goes and leaves a stub'),
  as: asUser,
});

export function dominoPaste(tools: DominoTools | null): Operation<z.infer<typeof args>, SavedNote> {
  return {
    name: 'domino-paste',
    summary: 'Copies or cuts a note of the embedded Domino and pastes it, keys and marks included',
    role: 'operator',
    args,
    run: ({ into, under, as, ...request }) =>
      withTools(tools, ({ administration }) =>
        administration.paste({ ...request, into: into ?? null, under: under ?? null, as: as ?? null }),
      ),
  };
}
