import { z } from 'zod';
import type { Account, OutsideRole } from '../../../connectors/accounts/port.ts';
import { HandbookError } from '../../../connectors/handbook/port.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { outsideAccount } from '../caller.ts';
import type { HttpApp } from '../http-app.ts';
import { mayMutate } from './may-mutate.ts';
import { type MutationIn, type MutationOutcome, mutationsIn, resultOut } from './mutation-schema.ts';

type Deps = Pick<AppDeps, 'members' | 'shownRecords'>;

export function addMutationRoute(app: HttpApp, deps: Deps): void {
  app.post(
    '/api/handbook/v1/mutations',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'Changes records: up to 100 mutations, each on its own, answered in order',
        description:
          'Each mutation takes effect exactly once per client and mutation id, however often it is sent. Officers may not change records; ' +
          'members only their own assignments.',
        body: mutationsIn,
        response: { 200: z.object({ results: z.array(resultOut) }), ...problemAnswers },
      },
    },
    async (request) => {
      const account = outsideAccount(request);
      const { clientId, mutations } = request.body;
      const results = [];
      // One after the other: a later one may build on the version that an earlier one made.
      for (const mutation of mutations) {
        const outcome = await applied(account, clientId, mutation, deps).catch(
          (error: unknown): MutationOutcome => {
            if (error instanceof HandbookError && error.code === 'unreachable') {
              return { kind: 'failed', code: 'unavailable' };
            }
            request.log.error({ err: error }, 'mutation failed');
            return { kind: 'failed', code: 'internal' };
          },
        );
        results.push({ mutationId: mutation.mutationId, ...outcome });
      }
      return { results };
    },
  );
}

/** Client ids are told apart by account: nobody can ask for the answer to somebody else's mutation. */
async function applied(
  account: Account<OutsideRole>,
  clientId: string,
  mutation: MutationIn,
  { members, shownRecords }: Deps,
): Promise<MutationOutcome> {
  if (!(await mayMutate(account, mutation, members, shownRecords))) {
    return { kind: 'refused', reason: 'forbidden' };
  }
  return members.mutate({ ...mutation, clientId: `${account.id}/${clientId}`, accountId: account.id });
}
