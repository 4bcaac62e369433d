import { z } from 'zod';
import type { BackupRow } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  out: z.string().min(1).describe("a file on the bridge's machine; it must not exist"),
});

export function dominoBackup(tools: DominoTools | null): Operation<z.infer<typeof args>, BackupRow> {
  return {
    name: 'domino-backup',
    summary: 'Copies a database of the embedded Domino as it is now',
    role: 'operator',
    args,
    run: ({ database, out }) =>
      withTools(tools, ({ administration }) => administration.backUp(database, out)),
  };
}
