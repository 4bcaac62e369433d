import { z } from 'zod';
import { INSIDE_ROLES, OUTSIDE_ROLES } from '../../connectors/accounts/port.ts';
import { ANY_ACCOUNT, OPEN } from './access.ts';
import { problemAnswers } from './answers.ts';
import { type AppDeps, DEFAULT_LIMITS } from './app-deps.ts';
import { ZONE_PREFIX } from './bearer-token.ts';
import { anyCaller } from './caller.ts';
import type { HttpApp } from './http-app.ts';
import { ProblemError } from './problem.ts';
import { text } from './text-schema.ts';

const zone = z.enum(['inside', 'outside']).describe('inside: operators; outside: the handbook');
const role = z.enum([...INSIDE_ROLES, ...OUTSIDE_ROLES]);

const sessionSchema = z.object({
  token: z.string().describe('Send as `Authorization: Bearer …`'),
  expiresAt: z.string().describe('Instant (ISO)'),
  account: z.object({ name: z.string(), role, zone }),
});

export function addSessionRoutes(app: HttpApp, deps: Pick<AppDeps, 'accounts' | 'limits'>): void {
  app.post(
    '/api/session',
    {
      config: {
        access: OPEN,
        rateLimit: {
          max: deps.limits?.logInsPerMinute ?? DEFAULT_LIMITS.logInsPerMinute,
          timeWindow: 60_000,
        },
      },
      schema: {
        tags: ['session'],
        summary: 'Log in: name and password for a bearer token',
        description:
          'Unknown name, wrong password and locked out answer alike. After 5 bad attempts an account rests for 15 minutes.',
        body: z.strictObject({ zone, name: text(128), password: text(256) }),
        response: { 201: sessionSchema, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      const accounts = deps.accounts[request.body.zone];
      const account = await accounts.verify(name, password);
      if (account === null) throw new ProblemError('bad-credentials');
      const { token, expiresAt } = await accounts.openSession(account.id);
      return reply.code(201).send({
        token: ZONE_PREFIX[request.body.zone] + token,
        expiresAt: new Date(expiresAt).toISOString(),
        account: { name: account.name, role: account.role, zone: request.body.zone },
      });
    },
  );

  app.delete(
    '/api/session',
    {
      config: { access: ANY_ACCOUNT },
      schema: {
        tags: ['session'],
        summary: 'Log out: the token that is sent is worth nothing afterwards',
        response: { 204: z.undefined().describe('Logged out'), ...problemAnswers },
      },
    },
    async (request, reply) => {
      const caller = anyCaller(request);
      if (caller.token !== null) await deps.accounts[caller.zone].closeSession(caller.token);
      return reply.code(204).send(undefined);
    },
  );
}
