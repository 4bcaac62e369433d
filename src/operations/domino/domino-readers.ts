import { z } from 'zod';
import type { SavedNote } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName, noteUnid } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  unid: noteUnid,
  readers: z.array(z.string().min(1)).describe('users, groups or [roles]; none = everybody'),
  as: asUser,
});

export function dominoReaders(tools: DominoTools | null): Operation<z.infer<typeof args>, SavedNote> {
  return {
    name: 'domino-readers',
    summary: 'Says who may read a note of the embedded Domino',
    role: 'operator',
    args,
    run: ({ database, unid, readers, as }) =>
      withTools(tools, (domino) => domino.setReaders(database, unid, readers, as ?? null)),
  };
}
