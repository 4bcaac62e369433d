import { z } from 'zod';
import type { QueryAnswer } from '../../../connectors/domino/embedded/design-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { asUser, databaseName } from './domino-args.ts';
import { withTools } from './with-tools.ts';

const args = z.strictObject({
  database: databaseName,
  query: z.string().min(1).describe('DQL'),
  explain: z.boolean().default(false),
  as: asUser,
  limit: z.int().positive().max(1000).default(50).describe('notes in the answer'),
});

export function dominoQuery(tools: DominoTools | null): Operation<z.infer<typeof args>, QueryAnswer> {
  return {
    name: 'domino-query',
    summary: 'Runs or explains a DQL query on a database of the embedded Domino',
    role: 'operator',
    args,
    run: ({ as, ...request }) =>
      withTools(tools, ({ design }) => design.query({ ...request, as: as ?? null })),
  };
}
