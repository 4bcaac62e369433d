import * as z from 'zod';
import type { NotesIdentity } from '../../engine/identity.ts';
import { type Accounts, sameSecret } from './accounts.ts';
import type { Tokens } from './tokens.ts';

/** An application that an administrator has registered, with the refresh tokens that users have consented to. */
export interface OAuthApplication {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** Refresh token → the user's Domino name. */
  readonly refreshTokens: Readonly<Record<string, string>>;
}

export interface OAuthAnswer {
  readonly status: 200 | 400 | 401;
  readonly body: Readonly<Record<string, string | number>>;
}

const request = z.object({
  grant_type: z.string(),
  refresh_token: z.string().default(''),
  client_id: z.string().default(''),
  client_secret: z.string().default(''),
  scope: z.string().optional(),
});

/** `POST /oauth/token`. The built-in provider documents `authorization_code`, which needs a browser, and `refresh_token`; only the latter is modelled. */
export function answerToken(
  form: unknown,
  server: {
    readonly applications: readonly OAuthApplication[];
    readonly accounts: Accounts;
    readonly tokens: Tokens;
  },
): OAuthAnswer {
  const parsed = request.safeParse(form);
  if (!parsed.success) return refusal(400, 'invalid_request');
  const { grant_type, refresh_token, client_id, client_secret, scope } = parsed.data;
  if (grant_type !== 'refresh_token') return refusal(400, 'unsupported_grant_type');
  const application = server.applications.find(({ clientId }) => clientId === client_id);
  if (application === undefined || !sameSecret(application.clientSecret, client_secret)) {
    return refusal(401, 'invalid_client');
  }
  const user = Object.entries(application.refreshTokens).find(([token]) =>
    sameSecret(token, refresh_token),
  )?.[1];
  const identity: NotesIdentity | null = user === undefined ? null : server.accounts.identityOf(user);
  if (identity === null) return refusal(400, 'invalid_grant');
  const allowed = application.scope.split(/\s+/u);
  const wanted = scope === undefined || scope === 'undefined' ? allowed : scope.split(/\s+/u);
  if (!wanted.every((one) => allowed.includes(one))) return refusal(400, 'invalid_scope');
  const { bearer, expSeconds } = server.tokens.issue(identity.name, wanted.join(' '));
  return {
    status: 200,
    body: {
      access_token: bearer,
      token_type: 'bearer',
      expires_in: expSeconds,
      scope: wanted.join(' '),
      refresh_token,
    },
  };
}

function refusal(status: 400 | 401, error: string): OAuthAnswer {
  return { status, body: { error } };
}
