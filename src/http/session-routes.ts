import { z } from 'zod';
import { INSIDE_ROLES, OUTSIDE_ROLES } from '../../connectors/accounts/port.ts';
import { ANY_ACCOUNT, OPEN } from './access.ts';
import { problemAnswers } from './answers.ts';
import { type AppDeps, DEFAULT_LIMITS } from './app-deps.ts';
import { ZONE_PREFIX } from './bearer-token.ts';
import { anyCaller } from './caller.ts';
import type { HttpApp } from './http-app.ts';
import { ProblemError } from './problem.ts';
import { csrfToken } from './sign-in/csrf-token.ts';
import type { SessionCookies } from './sign-in/session-cookie.ts';
import { text } from './text-schema.ts';

const zone = z.enum(['inside', 'outside']).describe('inside: operators; outside: the handbook');
const role = z.enum([...INSIDE_ROLES, ...OUTSIDE_ROLES]);

const sessionSchema = z.object({
  token: z.string().describe('Send as `Authorization: Bearer …`'),
  expiresAt: z.string().describe('Instant (ISO)'),
  account: z.object({ name: z.string(), role, zone }),
});

const whoSchema = z.object({
  account: z.object({
    name: z.string(),
    role,
    zone,
    memberKey: z.string().nullable(),
    organisationCode: z.string().nullable(),
  }),
  csrfToken: z
    .string()
    .nullable()
    .describe(
      'To be sent as X-CSRF-Token with all but GET; null where a bearer token came, which needs none',
    ),
});

export function addSessionRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'accounts' | 'limits'>,
  cookies: SessionCookies,
): void {
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

  app.get(
    '/api/session',
    {
      config: { access: ANY_ACCOUNT },
      schema: {
        tags: ['session'],
        summary: 'Who is signed in, and the token that changes by cookie need',
        response: { 200: whoSchema, ...problemAnswers },
      },
    },
    async (request) => {
      const { account, zone, cookie } = anyCaller(request);
      const { name, role, memberKey, organisationCode } = account;
      return {
        account: { name, role, zone, memberKey, organisationCode },
        csrfToken: cookie === null ? null : csrfToken(cookie),
      };
    },
  );

  app.delete(
    '/api/session',
    {
      config: { access: ANY_ACCOUNT },
      schema: {
        tags: ['session'],
        summary: 'Log out: the token or cookie that is sent is worth nothing afterwards',
        response: { 204: z.undefined().describe('Logged out'), ...problemAnswers },
      },
    },
    async (request, reply) => {
      const caller = anyCaller(request);
      if (caller.token !== null) await deps.accounts[caller.zone].closeSession(caller.token);
      if (caller.cookie !== null) cookies.dropSession(reply);
      return reply.code(204).send(undefined);
    },
  );
}
