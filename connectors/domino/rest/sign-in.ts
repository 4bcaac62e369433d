import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { DominoError } from '../port.ts';
import { apiUrl } from './api-path.ts';
import type { HttpTransport } from './http.ts';
import type { components } from './openapi/drapi-basis.generated.ts';
import type { Grant } from './token-source.ts';

/** How the bridge signs in. Secrets are asked for anew each time, so that a changed file counts. */
export type RestSignIn =
  | {
      readonly kind: 'password';
      readonly userName: string;
      readonly password: () => string;
      readonly scope?: string;
    }
  /** The server's own provider, or another one: `refresh_token` grant. */
  | {
      readonly kind: 'oauth-refresh';
      /** Default: `/oauth/token` of the server. */
      readonly tokenUrl?: URL;
      readonly clientId: string;
      readonly clientSecret: () => string;
      readonly refreshToken: () => string;
      /** Called with a refresh token that takes the place of the old one. */
      readonly keepRefreshToken: (token: string) => void;
      readonly scope?: string;
    }
  /** An external provider that the server trusts. */
  | {
      readonly kind: 'client-credentials';
      readonly tokenUrl: URL;
      readonly clientId: string;
      readonly clientSecret: () => string;
      readonly scope?: string;
    };

/** HCL's AuthResult; `expSeconds` is read always, because the server's default has changed with its versions. */
export const authResult = z.looseObject({ bearer: z.string().min(1), expSeconds: z.number().positive() });

const oauthAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(300),
  refresh_token: z.string().min(1).optional(),
});

const SIGN_IN_MS = 20_000;

/** One login. Rejects with `not-authorized` for refused credentials, `unreachable` for no answer, `protocol` for one that is none. */
export async function signIn(
  how: RestSignIn,
  server: { readonly transport: HttpTransport; readonly apiRoot: URL; readonly canExtend: () => boolean },
  previous: Grant | null,
): Promise<Grant> {
  if (how.kind === 'password') {
    if (previous !== null && server.canExtend()) {
      const extended = await extend(server, previous);
      if (extended !== null) return extended;
    }
    const body: components['schemas']['BasicAuthRequest'] = {
      username: how.userName,
      password: how.password(),
      ...(how.scope === undefined ? {} : { scope: how.scope }),
    };
    const answer = await post(server.transport, apiUrl(server.apiRoot, ['auth']), JSON.stringify(body), {
      'content-type': 'application/json',
    });
    return grantOf(answer, authResult, ({ bearer, expSeconds }) => ({ bearer, seconds: expSeconds }));
  }
  const url =
    how.kind === 'client-credentials'
      ? how.tokenUrl
      : (how.tokenUrl ?? new URL('/oauth/token', server.apiRoot));
  const form = new URLSearchParams({
    grant_type: how.kind === 'client-credentials' ? 'client_credentials' : 'refresh_token',
    client_id: how.clientId,
    client_secret: how.clientSecret(),
    ...(how.kind === 'oauth-refresh' ? { refresh_token: how.refreshToken() } : {}),
    ...(how.scope === undefined ? {} : { scope: how.scope }),
  });
  const answer = await post(server.transport, url, form.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  return grantOf(answer, oauthAnswer, ({ access_token, expires_in, refresh_token }) => {
    if (how.kind === 'oauth-refresh' && refresh_token !== undefined && refresh_token !== how.refreshToken())
      how.keepRefreshToken(refresh_token);
    return { bearer: access_token, seconds: expires_in };
  });
}

/** `POST /auth/extend` takes the old token and its AuthResult. Null when the server does not want to: then it is a login. */
async function extend(
  { transport, apiRoot }: { readonly transport: HttpTransport; readonly apiRoot: URL },
  { bearer, seconds }: Grant,
): Promise<Grant | null> {
  const body = JSON.stringify({ bearer, expSeconds: seconds });
  const answer = await post(transport, apiUrl(apiRoot, ['auth', 'extend']), body, {
    'content-type': 'application/json',
    authorization: `Bearer ${bearer}`,
  });
  if (answer.status !== 200) return null;
  return grantOf(answer, authResult, (result) => ({ bearer: result.bearer, seconds: result.expSeconds }));
}

interface Posted {
  readonly status: number;
  readonly body: string;
}

async function post(
  transport: HttpTransport,
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Posted> {
  try {
    const answer = await transport.send(
      { method: 'POST', url, headers: { accept: 'application/json', ...headers }, body },
      AbortSignal.timeout(SIGN_IN_MS),
    );
    return { status: answer.status, body: await text(answer.body) };
  } catch (cause) {
    throw new DominoError('unreachable', `Login at ${url.origin}: no answer`, { cause });
  }
}

/** The body of a refusal may quote the user's name; its status is enough. */
function grantOf<T>(answer: Posted, schema: z.ZodType<T>, grant: (parsed: T) => Grant): Grant {
  const { status } = answer;
  if (status === 400 || status === 401 || status === 403)
    throw new DominoError(
      'not-authorized',
      `Login: the server answered ${status}, bad credentials or a locked account`,
    );
  if (status !== 200) throw new DominoError('unreachable', `Login: the server answered ${status}`);
  const parsed = schema.safeParse(jsonOrNull(answer.body));
  if (!parsed.success) throw new DominoError('protocol', 'Login: the answer holds no token and no lifetime');
  return grant(parsed.data);
}

function jsonOrNull(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
