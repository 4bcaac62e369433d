import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { ReachableAddresses } from './reachable-addresses.ts';
import { createUndiciSender } from './undici-sender.ts';

const never = new AbortController().signal;
const closed = createUndiciSender({ allowedNetworks: [], timeoutMs: 2_000 });
const local = createUndiciSender({ allowedNetworks: ['127.0.0.0/8'], timeoutMs: 300 });
afterAll(async () => {
  await closed.close();
  await local.close();
});

it.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://169.254.169.254/',
  'https://192.168.1.1/',
  'https://[fd00::1]/',
  'https://0.0.0.0/',
  'http://example.vn/',
])('%s is not sent to', async (url) => {
  expect(closed.objection(url)).not.toBeNull();
  expect(await closed.post(url, {}, '{}', never)).toEqual({ kind: 'failed', code: 'forbidden-address' });
});

it('a name that leads to this machine is not connected to', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(closed.objection(`https://localhost:${port}/`)).toBeNull();
  expect(await closed.post(`https://localhost:${port}/`, {}, '{}', never)).toEqual({
    kind: 'failed',
    code: 'forbidden-address',
  });
  expect(await local.post(`http://localhost:${port}/`, {}, '{}', never)).toEqual({
    kind: 'answered',
    status: 200,
  });
  expect(asked).toBe(1);
  await new Promise((resolve) => server.close(resolve));
});

it('a redirect is an answer, not a way; an endless answer is cut off', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/slow') return;
    if (request.url === '/moved') response.writeHead(307, { location: '/target' }).end();
    else {
      response.writeHead(200);
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await local.post(`${base}/moved`, {}, '{}', never)).toEqual({ kind: 'answered', status: 307 });
  expect(await local.post(`${base}/endless`, {}, '{}', never)).toEqual({ kind: 'answered', status: 200 });
  expect(await local.post(`${base}/slow`, {}, '{}', never)).toEqual({ kind: 'failed', code: 'timeout' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await local.post(`${base}/`, {}, '{}', never)).toEqual({ kind: 'failed', code: 'unreachable' });
});

it('no spelling of a private address within an IPv6 one is public', () => {
  const reachable = new ReachableAddresses([]);
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.constantFrom(10, 127), octet, octet, octet, (a, b, c, d) => {
      const hex = (high: number, low: number) => ((high << 8) | low).toString(16);
      const tail = `${hex(a, b)}:${hex(c, d)}`;
      for (const address of [
        `${a}.${b}.${c}.${d}`,
        `::ffff:${tail}`,
        `::${tail}`,
        `64:ff9b::${tail}`,
        `2002:${tail}::1`,
      ])
        expect([address, reachable.has(address)]).toEqual([address, false]);
    }),
  );
  for (const address of ['8.8.8.8', '2606:4700::1111', '203.162.4.190'])
    expect(reachable.has(address)).toBe(true);
  expect(reachable.has('not an address')).toBe(false);
});
