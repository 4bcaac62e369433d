import { z } from 'zod';
import type { ReplicationState } from '../../../connectors/domino/embedded/administration-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const changesSchema = z.strictObject({
  purgeIntervalDays: z.number().positive().optional(),
  pirc: z.boolean().optional().describe('refuse old documents that are not here'),
  removesOldDocuments: z.boolean().optional(),
  keepsDeletions: z.boolean().optional(),
  ignoresDeletions: z.boolean().optional(),
  forms: z.array(z.string().min(1)).nullable().optional().describe('only these come in; null = all'),
  cutoff: z.number().nullable().optional().describe('ms since 1970 UTC; null = none'),
  softDeleteHours: z.number().positive().nullable().optional(),
  clearHistory: z.boolean().optional(),
});

const args = z.strictObject({ database: databaseName, changes: changesSchema.default({}) });

export function dominoReplication(
  tools: DominoTools | null,
): Operation<z.infer<typeof args>, ReplicationState> {
  return {
    name: 'domino-replication',
    summary: 'Shows or changes the replication settings and the history of a database of the embedded Domino',
    role: 'operator',
    args,
    run: ({ database, changes }) =>
      withTools(tools, ({ administration }) => {
        const given = Object.entries(changes).filter(([, value]) => value !== undefined);
        return given.length === 0
          ? administration.showReplication(database)
          : administration.changeReplication(database, Object.fromEntries(given));
      }),
  };
}
