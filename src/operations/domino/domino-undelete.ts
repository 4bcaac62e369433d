import { z } from 'zod';
import type { SavedNote } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName, noteUnid } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({ database: databaseName, unid: noteUnid.optional() });

type Undeleted =
  | SavedNote
  | { readonly notes: readonly { readonly unid: string; readonly deletedAt: string }[] };

export function dominoUndelete(tools: DominoTools | null): Operation<z.infer<typeof args>, Undeleted> {
  return {
    name: 'domino-undelete',
    summary: 'Lists the softly deleted notes of a database of the embedded Domino, or brings one back',
    role: 'operator',
    args,
    run: ({ database, unid }) =>
      withTools<Undeleted>(tools, ({ administration }) =>
        unid === undefined
          ? { notes: administration.listSoftDeleted(database) }
          : administration.undelete(database, unid),
      ),
  };
}
