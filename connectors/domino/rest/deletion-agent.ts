import { z } from 'zod';
import type { DeletionStub } from '../../../src/sync/note.ts';
import { DominoError } from '../port.ts';
import type { Call } from '../wire/server-guard.ts';
import { canonicalInstant } from '../wire/stamps.ts';
import { parseUnid } from './documents.ts';
import type { RestSession } from './session.ts';

/** What the agent prints, parsed by the server; the text `done` when that was no JSON. */
export const agentAnswer = z.looseObject({
  agentResponse: z.union([
    z.looseObject({ deleted: z.array(z.looseObject({ unid: z.string(), deletedAt: z.string() })) }),
    z.string(),
  ]),
});

/** Deletion stubs by the server agent of `agent/`, which the operator has installed and listed in the schema; the API itself shows none. */
export async function stubsByAgent(
  session: RestSession,
  agentName: string,
  since: string | null,
  call: Call,
): Promise<readonly DeletionStub[]> {
  const action = `Agent "${agentName}"`;
  const body = { agentName, payload: { since: since ?? '1989-01-01T00:00:00Z' } };
  const request = {
    method: 'POST',
    parts: ['run', 'agent'],
    query: { dataSource: session.options.scope },
    body,
  } as const;
  const { agentResponse } = await session.client.json('query', action, call, request, agentAnswer);
  if (typeof agentResponse === 'string')
    throw new DominoError(
      'protocol',
      `${action}: it printed no JSON; install the version that comes with the bridge`,
    );
  return agentResponse.deleted.map(({ unid, deletedAt }) => {
    const known = parseUnid(unid);
    const at = canonicalInstant(deletedAt);
    if (known === null || at === null)
      throw new DominoError(
        'protocol',
        `${action}: an entry has no UNID or no stamp; install the version that comes with the bridge`,
      );
    return { unid: known, deletedAt: at };
  });
}
