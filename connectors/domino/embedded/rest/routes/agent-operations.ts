import * as z from 'zod';
import { RestError } from '../rest-error.ts';
import { json } from './answer.ts';
import type { Define } from './define-operation.ts';

/** Agents that the schema lists. What one prints is parsed; what is no JSON answers `done`. */
export function defineAgents(define: Define): void {
  define.scope({
    operationId: 'executeAgent',
    method: 'POST',
    url: '/api/v1/run/agent',
    body: z.looseObject({ agentName: z.string(), payload: z.unknown().optional() }),
    work: ({ context, scope, database, identity }, { body }) => {
      const isListed = scope.schema.agents.some(({ name }) => name === body.agentName);
      const agent = Object.hasOwn(context.agents, body.agentName)
        ? context.agents[body.agentName]
        : undefined;
      if (!isListed || agent === undefined) throw new RestError(404, `Agent ${body.agentName} not found`);
      const printed = agent({ payload: body.payload ?? null, database, identity });
      return json({ agentResponse: parsed(printed) });
    },
  });
}

function parsed(printed: string): unknown {
  try {
    return JSON.parse(printed) as unknown;
  } catch {
    return 'done';
  }
}
