import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { note, text } from '../contract/contract-case.ts';
import {
  BRIDGE,
  openEmbeddedRest,
  type RestSubject,
  type RestSubjectOptions,
} from './testing/embedded-rest.ts';
import { httpsFace, identityProvider, type Listening, pem, tunnellingProxy } from './testing/https-face.ts';
import { openUndiciTransport, type UndiciTransportOptions } from './undici-transport.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

function opened<T extends AsyncDisposable>(one: T): T {
  open.push(one);
  return one;
}

/** The connector on the face behind TLS. */
async function overTls(
  tls: Partial<UndiciTransportOptions>,
  options: RestSubjectOptions & { readonly clientCertificates?: boolean } = {},
): Promise<RestSubject & { readonly listening: Listening }> {
  let listening: Listening | null = null;
  const subject = await openEmbeddedRest({
    limits: { readRetries: 0 },
    ...options,
    transport: async (face) => {
      listening = opened(await httpsFace(face, options.clientCertificates));
      const transport = openUndiciTransport({ connections: 2, connectMs: 2000, idleMs: 5000, ...tls });
      open.push({ [Symbol.asyncDispose]: async () => transport.close() });
      return { transport, baseUrl: listening.url };
    },
  });
  open.push({ [Symbol.asyncDispose]: () => subject.close() });
  return Object.assign(subject, { listening: listening as unknown as Listening });
}

const client = { certificate: pem('client'), key: pem('client-key') };

describe('a server with an authority of the site’s own', () => {
  it('is reached where the link names that authority, and refused where it does not', async () => {
    const { database } = await overTls({ ca: pem('ca') });
    const { unid } = await database.createNote(note({ Title: text('Đảng viên') }));
    expect(await database.readNotes([unid], ['Title'])).toMatchObject([
      { kind: 'note', items: { Title: { values: ['Đảng viên'] } } },
    ]);
    const stranger = await overTls({});
    await expect(stranger.database.identify()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('that wants a client certificate gets the link’s, and lets nobody in without', async () => {
    const { database } = await overTls({ ca: pem('ca'), ...client }, { clientCertificates: true });
    await expect(database.identify()).resolves.toMatchObject({ filePath: 'party/scratch.nsf' });
    const nobody = await overTls({ ca: pem('ca') }, { clientCertificates: true });
    await expect(nobody.database.identify()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('behind a proxy is reached through its tunnel alone, authority and client certificate included', async () => {
    const proxy = opened(await tunnellingProxy());
    const through = { ca: pem('ca'), ...client, proxy: proxy.url.href };
    const { database, listening } = await overTls(through, { clientCertificates: true });
    await expect(database.identify()).resolves.toMatchObject({ filePath: 'party/scratch.nsf' });
    expect(new Set(proxy.tunnels)).toEqual(new Set([listening.url.host]));
    const stranger = await overTls({ proxy: proxy.url.href });
    await expect(stranger.database.identify()).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('client credentials of an external provider', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const providers = [
    {
      issuer: 'https://idp.example',
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
  ];

  function tokenOf(now: number): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: 'https://idp.example',
      aud: 'Domino',
      iat: now,
      exp: now + 60,
      scope: '$DATA',
      CN: BRIDGE.name,
    };
    const signed = `${part({ alg: 'RS256' })}.${part(claims)}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  const signIn = (tokenUrl: URL, secret: string) => ({
    kind: 'client-credentials' as const,
    tokenUrl,
    clientId: 'so-tay',
    clientSecret: () => secret,
    scope: 'domino',
  });

  it('become a token that the server takes, fetched once', async () => {
    let now = 0;
    const provider = opened(await identityProvider('right', () => tokenOf(now)));
    const subject = await overTls(
      { ca: pem('ca') },
      { signIn: signIn(new URL('/token', provider.url), 'right'), face: { providers } },
    );
    now = Math.floor(subject.domino.now() / 1000);
    await Promise.all(Array.from({ length: 5 }, () => subject.database.identify()));
    expect(provider.asked.map((form) => Object.fromEntries(form))).toEqual([
      { grant_type: 'client_credentials', client_id: 'so-tay', client_secret: 'right', scope: 'domino' },
    ]);
  });

  it('that the provider refuses are tried once', async () => {
    const provider = opened(await identityProvider('right', () => ''));
    const { database } = await overTls(
      { ca: pem('ca') },
      { signIn: signIn(provider.url, 'wrong'), face: { providers } },
    );
    for (let call = 0; call < 3; call += 1)
      await expect(database.identify()).rejects.toMatchObject({ code: 'not-authorized' });
    expect(provider.asked).toHaveLength(1);
  });
});
