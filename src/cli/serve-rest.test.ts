import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UsageError } from './exit-codes.ts';
import { startRestServer } from './in-process-rest.ts';
import { runBridgeHere } from './testing/run-bridge-here.ts';
import { textItem } from '../../connectors/domino/embedded/engine/item-builders.ts';
import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';

const entry = fileURLToPath(new URL('bridge.js', import.meta.url));

function dataDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'serve-rest-'));
  const domino = new EmbeddedDomino({ root: join(path, 'domino') });
  domino.createDatabase('dang-vien.nsf').create([textItem('Form', 'Member'), textItem('HoTen', 'An')]);
  domino.close();
  writeFileSync(join(path, 'password'), 'bi-mat\n');
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function start(dataDir: string, args: readonly string[]) {
  const all = [entry, 'domino', 'serve-rest', '--port', '0', '--json', '--data-dir', dataDir, ...args];
  const child = spawn(process.execPath, all, {
    cwd: dataDir,
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  const firstLine = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => resolve(''));
  });
  return { child, ended, firstLine };
}

describe('bridge domino serve-rest', () => {
  it('serves every database on loopback, says so in one line of JSON, and stops by SIGTERM with code 0', async () => {
    using data = dataDirectory();
    const { child, ended, firstLine } = start(data.path, [
      '--user',
      'CN=Lan/O=Party',
      '--password-file',
      'password',
      '--switch',
      'deleteShape=statusText',
    ]);
    const serving = JSON.parse(await firstLine) as { url: string; scopes: object[]; user: string };
    expect(serving).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u),
      user: 'CN=Lan/O=Party',
      password: null,
      scopes: [{ scope: 'dangvien', database: 'dang-vien.nsf', forms: ['Member'], views: ['Member'] }],
    });
    const login = await fetch(`${serving.url}/api/v1/auth`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'CN=Lan/O=Party', password: 'bi-mat' }),
    });
    const { bearer } = (await login.json()) as { bearer: string };
    const headers = { authorization: `Bearer ${bearer}` };
    const list = await fetch(`${serving.url}/api/v1/lists/Member?dataSource=dangvien&documents=true`, {
      headers,
    });
    expect(await list.json()).toMatchObject([{ Form: 'Member', HoTen: 'An' }]);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it.each([
    [{ scopes: ['dangvien'] }, /NAME=DATABASE\.nsf/u],
    [{ scopes: ['a=khac.nsf'] }, /khac\.nsf/u],
    [{ scopes: ['Sai=dang-vien.nsf'] }, /lower-case letters and digits/u],
    [{ scopes: ['a=dang-vien.nsf:password'] }, /JSON/u],
    [{ switches: ['conflictStatus=500'] }, /conflictStatus/u],
    [{ switches: ['x'] }, /NAME=VALUE/u],
  ])('refuses %j as wrong usage, and leaves the data directory free', async (wrong, reason) => {
    using data = dataDirectory();
    const options = {
      dataDir: data.path,
      port: 0,
      scopes: [],
      switches: [],
      user: 'bridge',
      password: 'x',
      requireRevision: false,
      cwd: data.path,
    };
    for (const _ of [1, 2]) {
      const failure: unknown = await startRestServer({ ...options, ...wrong }).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(UsageError);
      expect((failure as Error).message).toMatch(reason);
    }
    const server = await startRestServer(options);
    await server.close();
  });

  it('prints for people what is served and a password of its own', async () => {
    const stop = new AbortController();
    const scopes = [{ scope: 'a', database: 'a.nsf', forms: ['Member'], views: [] }];
    const run = await runBridgeHere(
      ['domino', 'serve-rest', '--port', '8880', '--require-revision'],
      undefined,
      {
        signal: stop.signal,
        loadRestServer: async () => async (options) => {
          expect(options).toMatchObject({ port: 8880, user: 'bridge', requireRevision: true, scopes: [] });
          stop.abort();
          return {
            serving: { url: 'http://127.0.0.1:8880', user: 'CN=bridge/O=Embedded', scopes },
            close: () => Promise.resolve(),
          };
        },
      },
    );
    expect(run).toMatchObject({ exit: 0, errors: '' });
    expect(run.out).toMatch(
      /127\.0\.0\.1:8880\/api\/v1\n.*password "[\w-]{16}"[^]*a  a\.nsf\n    forms: Member\n    views: none/u,
    );
  });
});
