import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJoseVerifier } from './jose-verifier.ts';
import { IssuerUnreachable } from './port.ts';

const ISSUER = 'https://issuer.example.vn';
const NOW = Date.parse('2026-01-05T00:00:00Z');
type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

let server: Server;
let jwksUri: string;
let asked = 0;
let published: JWK[] = [];
let first: Pair;
let second: Pair;

beforeAll(async () => {
  first = await generateKeyPair('ES256', { extractable: true });
  second = await generateKeyPair('RS256', { extractable: true });
  published = [{ ...(await exportJWK(first.publicKey)), kid: 'first', alg: 'ES256' }];
  server = createServer((_request, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const verifier = (changes: object = {}, cooldownMs = 0) =>
  createJoseVerifier(
    {
      issuer: ISSUER,
      audience: 'handbook',
      jwksUri,
      accountClaim: 'preferred_username',
      clockToleranceSeconds: 30,
      ...changes,
    },
    { now: () => NOW },
    cooldownMs,
  );

function token(claims: object = {}, key = first.privateKey, header = { alg: 'ES256', kid: 'first' }) {
  const seconds = NOW / 1000;
  return new SignJWT({
    iss: ISSUER,
    aud: 'handbook',
    exp: seconds + 60,
    preferred_username: 'Mai.My.Chi',
    ...claims,
  })
    .setProtectedHeader(header)
    .sign(key);
}

describe('tokens of another issuer', () => {
  it('name the account when all is well', async () => {
    expect(await verifier().verify(await token())).toBe('mai.my.chi');
    expect(await verifier().verify(await token({ aud: ['other', 'handbook'] }))).toBe('mai.my.chi');
    expect(await verifier({ accountClaim: 'sub' }).verify(await token({ sub: 'u-1' }))).toBe('u-1');
  });

  it.each<[string, object]>([
    ['another issuer', { iss: `${ISSUER}/` }],
    ['another audience', { aud: 'console' }],
    ['no audience', { aud: undefined }],
    ['expiry beyond the tolerance', { exp: NOW / 1000 - 31 }],
    ['no expiry', { exp: undefined }],
    ['a start in the future', { nbf: NOW / 1000 + 31 }],
    ['no name', { preferred_username: undefined }],
    ['a name that is no text', { preferred_username: ['operator'] }],
  ])('are refused for %s', async (_what, claims) => {
    expect(await verifier().verify(await token(claims))).toBeNull();
  });

  it('may be as old and as early as the clocks may differ', async () => {
    expect(await verifier().verify(await token({ exp: NOW / 1000 - 29 }))).toBe('mai.my.chi');
    expect(await verifier().verify(await token({ nbf: NOW / 1000 + 29 }))).toBe('mai.my.chi');
  });

  it('are refused without a signature, with a shared secret, another key, or when changed', async () => {
    const good = await token();
    const [header = '', payload = '', signature = ''] = good.split('.');
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const secret = new TextEncoder().encode(await exportSPKI(first.publicKey));
    const confused = new SignJWT({
      iss: ISSUER,
      aud: 'handbook',
      exp: NOW / 1000 + 60,
      preferred_username: 'x',
    });
    for (const bad of [
      `${encoded({ alg: 'none' })}.${payload}.`,
      `${header}.${encoded({ iss: ISSUER, aud: 'handbook', exp: NOW, preferred_username: 'operator' })}.${signature}`,
      await confused.setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(secret),
      await token({}, (await generateKeyPair('ES256')).privateKey),
      'a.b.c',
      '',
      'not a token',
    ]) {
      expect([bad, await verifier().verify(bad)]).toEqual([bad, null]);
    }
  });

  it('are taken after a rotation, and made-up key ids do not flood the issuer', async () => {
    const calm = verifier({}, 30_000);
    const quick = verifier();
    for (const one of [calm, quick]) expect(await one.verify(await token())).toBe('mai.my.chi');
    const rotated = await token({}, second.privateKey, { alg: 'RS256', kid: 'second' });
    expect(await quick.verify(rotated)).toBeNull();
    published = [...published, { ...(await exportJWK(second.publicKey)), kid: 'second', alg: 'RS256' }];
    expect(await quick.verify(rotated)).toBe('mai.my.chi');
    const before = asked;
    for (let at = 0; at < 20; at += 1) {
      await calm.verify(await token({}, second.privateKey, { alg: 'RS256', kid: `made-up-${at}` }));
    }
    expect(asked - before).toBeLessThanOrEqual(1);
  });

  it('cannot be judged while the issuer cannot be reached', async () => {
    const gone = verifier({ jwksUri: 'http://127.0.0.1:9/jwks' });
    await expect(gone.verify(await token())).rejects.toBeInstanceOf(IssuerUnreachable);
  });
});
