import * as z from 'zod';
import { ERROR_ID, forbidden, RestError } from '../rest-error.ts';
import { json } from './answer.ts';
import type { Define } from './define-operation.ts';

const credentials = z.strictObject({
  username: z.string(),
  password: z.string(),
  scope: z.string().optional(),
});

const DEFAULT_SCOPE = 'MAIL $DATA';

/** Login, renewal and logout. */
export function defineAuth(define: Define): void {
  define.open({
    operationId: 'authLogin',
    method: 'POST',
    url: '/api/v1/auth',
    body: credentials,
    work: ({ context }, { body }) => {
      const identity = context.accounts.login(body.username, body.password);
      if (identity === null) {
        throw new RestError(401, 'Invalid credentials or account locked', ERROR_ID.badCredentials);
      }
      const scope = body.scope?.trim() ?? '';
      return json(context.tokens.issue(identity.name, scope === '' ? DEFAULT_SCOPE : scope));
    },
  });
  define.token({
    operationId: 'authLogout',
    method: 'POST',
    url: '/api/v1/auth/logout',
    body: z.object({ logout: z.literal('Yes') }),
    work: (call) => json(loggedOut(call)),
  });
  define.token({
    operationId: 'authLogoutGet',
    method: 'GET',
    url: '/api/v1/auth/logout',
    work: (call) => json(loggedOut(call)),
  });
}

/** `POST /auth/extend` is in the specifications 1.2.1 and 1.3.0, not in 1.3.7. */
export function defineExtend(define: Define): void {
  define.token({
    operationId: 'authRenewJwt',
    method: 'POST',
    url: '/api/v1/auth/extend',
    body: z.looseObject({ bearer: z.string() }),
    work: ({ context, identity, token, tokenScopes }, { body }) => {
      if (body.bearer !== token) throw forbidden('The token of the body is not the one of the request');
      return json(context.tokens.issue(identity.name, tokenScopes.join(' ')));
    },
  });
}

function loggedOut({
  context,
  identity,
  token,
}: Parameters<Parameters<Define['token']>[0]['work']>[0]): object {
  if (context.quirks.logout === 'token-ends') context.tokens.end(token);
  return { statusText: 'OK', status: 200, message: `${identity.name} logged out` };
}
