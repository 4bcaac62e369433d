import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataDir } from '../data-dir/data-dir.ts';
import { DataDirInUseError } from '../data-dir/errors.ts';
import { startHolder } from '../data-dir/testing/holder.ts';
import { startOperationsServer } from './testing/operations-server.ts';
import { runBridgeHere } from './testing/run-bridge-here.ts';

let parent: string;
let dataDir: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'bridge-cli-'));
  dataDir = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const serving = () => startOperationsServer((response) => response.end('{"result":"from the server"}\n'));
const here = () => Promise.resolve('from this process');

describe('where a command works', () => {
  it('in this process when nobody has the data directory', async () => {
    const run = await runBridgeHere(['sweep'], here, { readDataDir: () => dataDir });
    expect(run.out).toBe('from this process\n');
  });

  it('through the server that has it', async () => {
    await using server = await serving();
    const holder = await startHolder(dataDir, server.url);
    const run = await runBridgeHere(['sweep', '--data-dir', dataDir], here);
    await holder.kill('SIGTERM');
    expect(run).toMatchObject({ exit: 0, out: 'from the server\n', calls: [] });
    expect(server.asked[0]?.authorization).toBe('Bearer secret-token');
  });

  it('in this process when the server was killed, although its address is still written there', async () => {
    await using server = await serving();
    const holder = await startHolder(dataDir, server.url);
    await holder.kill('SIGKILL');
    const run = await runBridgeHere(['sweep', '--data-dir', dataDir], here);
    expect(run.out).toBe('from this process\n');
    expect(server.asked).toEqual([]);
  });

  it('nowhere while another command has it', async () => {
    await using holder = await startHolder(dataDir);
    const run = await runBridgeHere(['sweep', '--data-dir', dataDir], here);
    expect(run).toMatchObject({ exit: 4, calls: [] });
    expect(run.errors).toContain(`bridge process ${holder.pid}`);
  });

  it('through a server that was faster', async () => {
    await using server = await serving();
    const dir = openDataDir(dataDir);
    dir.announce({ url: server.url, token: 'tok' });
    dir.close();
    const faster = new DataDirInUseError(dataDir, {
      pid: 1,
      url: server.url,
      token: 'tok',
      startedAt: '2026-01-01T00:00:00Z',
    });
    const run = await runBridgeHere(['sweep'], here, {
      readDataDir: () => dataDir,
      loadInProcess: () => Promise.resolve(() => Promise.reject(faster)),
    });
    expect(run.out).toBe('from the server\n');
  });

  it('gives the settings file and the names of who asks to the bridge in this process', async () => {
    const seen: unknown[] = [];
    await runBridgeHere(['sweep', '--config', '../c.yaml'], here, {
      readDataDir: (file) => `/data-of${file}`,
      loadInProcess: () =>
        Promise.resolve((options) => {
          seen.push(options);
          return Promise.reject(new Error('enough'));
        }),
    });
    expect(seen).toEqual([{ configFile: '/home/c.yaml', dataDir: '/data-of/home/c.yaml', by: 'operator' }]);
  });
});

describe('--server', () => {
  const withToken = (token: string) => {
    const file = join(parent, 'token');
    writeFileSync(file, token);
    return ['--token-file', file];
  };

  it('asks that server with the token of the file', async () => {
    await using server = await serving();
    const run = await runBridgeHere(
      ['sweep', '--server', `${server.url}/`, ...withToken('abc.DEF-1\n')],
      here,
    );
    expect(run).toMatchObject({ exit: 0, out: 'from the server\n', calls: [] });
    expect(server.asked[0]).toMatchObject({
      path: 'POST /api/ops/v1/operations/sweep',
      authorization: 'Bearer abc.DEF-1',
    });
  });

  it.each([
    ['http://bridge.example', 'tok', 'unencrypted'],
    ['http://127.0.0.1.example', 'tok', 'unencrypted'],
    ['ftp://127.0.0.1', 'tok', 'is not an address'],
    ['bridge', 'tok', 'is not an address'],
    ['http://127.0.0.1:1', '', 'holds no token'],
    ['http://127.0.0.1:1', 'two\nlines', 'holds no token'],
  ])('refuses %s with token %j', async (server, token, words) => {
    const run = await runBridgeHere(['sweep', '--server', server, ...withToken(token)]);
    expect(run.exit).toBe(2);
    expect(run.errors).toContain(words);
  });

  it('says which token file cannot be read', async () => {
    const run = await runBridgeHere(['sweep', '--server', 'https://127.0.0.1', '--token-file', 'none']);
    expect(run).toMatchObject({ exit: 2 });
    expect(run.errors).toContain('/home/operator/none');
  });
});
