import { z } from 'zod';
import type { RemovedServer, ServerRow } from '../../../connectors/domino/embedded/domain-port.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { withTools } from './with-tools.ts';

const name = z.string().min(1).describe('canonical, for example CN=Huyen/O=Tinh uy');

const args = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({ action: z.literal('add'), name }),
  z.strictObject({
    action: z.literal('remove'),
    name,
    confirmed: z.boolean().default(false).describe('false = only say what would go'),
  }),
]);

type Answer = ServerRow | RemovedServer | { readonly servers: readonly ServerRow[] };

export function dominoServer(tools: DominoTools | null): Operation<z.infer<typeof args>, Answer> {
  return {
    name: 'domino-server',
    summary: 'Lists the servers of the embedded Domino, adds one for replicas, or removes one',
    role: 'operator',
    args,
    run: (given) =>
      withTools<Answer>(tools, ({ domain }) => {
        switch (given.action) {
          case 'list':
            return { servers: domain.listServers() };
          case 'add':
            return domain.addServer(given.name);
          case 'remove':
            return domain.removeServer(given.name, given.confirmed);
        }
      }),
  };
}
