import { z } from 'zod';
import { HandbookError } from '../../../connectors/handbook/port.ts';
import type { Rights } from '../../../connectors/handbook/readers-port.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { outsideAccount } from '../caller.ts';
import type { HttpApp } from '../http-app.ts';
import { type MutationOutcome, mutationsIn, resultOut } from './mutation-schema.ts';
import { rightsOf } from './reader.ts';

export function addMutationRoute(app: HttpApp, deps: Pick<AppDeps, 'readers' | 'clock'>): void {
  app.post(
    '/api/handbook/v1/mutations',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'Changes records: up to 100 mutations, each on its own, answered in order',
        description:
          'Each mutation takes effect exactly once per client and mutation id, however often it is sent; one that was refused as `forbidden` or ' +
          'that `failed` has not been kept and may be sent again. Members and secretaries change what the rules of the entity let them; officers nothing.',
        body: mutationsIn,
        response: { 200: z.object({ results: z.array(resultOut) }), ...problemAnswers },
      },
    },
    async (request) => {
      const rights = await rightsOf(request, deps);
      const { clientId, mutations } = request.body;
      const results = [];
      // One after the other: a later one may build on the version that an earlier one made.
      for (const mutation of mutations) {
        const outcome = await deps.readers
          .mutate(rights, {
            ...mutation,
            clientId: clientOf(request, rights, clientId),
            accountId: rights.viewer.accountId,
          })
          .catch((error: unknown): MutationOutcome => {
            if (error instanceof HandbookError && error.code === 'unreachable') {
              return { kind: 'failed', code: 'unavailable' };
            }
            request.log.error({ err: error }, 'mutation failed');
            return { kind: 'failed', code: 'internal' };
          });
        results.push({ mutationId: mutation.mutationId, ...outcome });
      }
      return { results };
    },
  );
}

/** Client ids are told apart by account and by the member acted for: nobody can ask for the answer to somebody else's mutation. */
function clientOf(
  request: Parameters<typeof outsideAccount>[0],
  { viewer: { accountId, memberKey } }: Rights,
  clientId: string,
): string {
  return outsideAccount(request).role !== 'app' || memberKey === null
    ? `${accountId}/${clientId}`
    : `${accountId}/${clientId}/${memberKey}`;
}
