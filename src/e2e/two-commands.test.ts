import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgeCommand, type Running, startServer } from './testing/bridge-process.ts';
import { addressOf, getJson, postJson } from './testing/http.ts';
import { mainJob } from './testing/main-job.ts';

describe('npm start on a bare machine', { timeout: 300_000 }, () => {
  let dataDir: string;
  let home: string;
  let env: Record<string, string>;
  const started: Running[] = [];
  const start = (): Running => {
    const running = startServer(env);
    started.push(running);
    return running;
  };

  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bridge-start-'));
    home = mkdtempSync(join(tmpdir(), 'bridge-home-'));
    env = { BRIDGE_DATA_DIR: dataDir, BRIDGE_SAMPLE_MEMBERS: '40', PORT: '0', HOME: home };
  });
  afterAll(async () => {
    for (const running of started) {
      running.process.kill('SIGKILL');
      await running.ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  });

  it('goes on after kill -9 in the middle of its first round', async () => {
    const running = start();
    while (!running.stdout().includes('Stores:')) await sleep(20);
    await sleep(300);
    running.process.kill('SIGKILL');
    await running.ended;
    expect((await bridgeCommand(['sync', '--once', '--json'], env)).code).toBe(0);
    expect(JSON.parse((await bridgeCommand(['verify', '--json'], env)).stdout)).toMatchObject({
      differences: [],
    });
  });

  it('does the main job, refuses a second server, and stops cleanly', async () => {
    const running = start();
    const address = await addressOf(running);
    expect((await getJson(`${address}/health/ready`)).body).toMatchObject({ status: 'ready' });
    expect((await getJson(`${address}/api/ops/v1/links`)).status).toBe(401);

    const second = await startServer(env).ended;
    expect(second.code).toBe(4);
    expect(second.stderr).toContain(dataDir);

    await mainJob(address, env);
    const before = JSON.parse((await bridgeCommand(['status', '--json'], env)).stdout) as unknown;
    running.process.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);

    const again = start();
    await addressOf(again);
    const after = JSON.parse((await bridgeCommand(['status', '--json'], env)).stdout) as unknown;
    expect(liveOf(after)).toEqual(liveOf(before));
    // The password was shown at the first start only.
    expect(again.stdout()).not.toContain('password');
    again.process.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
  });

  it('shows the first operator’s password once, and it opens the operations API', async () => {
    const own = { ...env, BRIDGE_DATA_DIR: join(dataDir, 'other'), BRIDGE_SAMPLE_MEMBERS: '0' };
    const running = startServer(own);
    started.push(running);
    const address = await addressOf(running);
    const password = /password "([^"]+)"/.exec(running.stdout())?.[1] ?? '';
    const session = await postJson(`${address}/api/session`, { zone: 'inside', name: 'operator', password });
    expect(session.status).toBe(201);
    const { token } = session.body as { token: string };
    expect(await getJson(`${address}/api/ops/v1/links`, token)).toMatchObject({ status: 200 });
    running.process.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  });
});

function liveOf(status: unknown): unknown {
  const { links } = status as { links: { link: string; counts: { live: number; withheld: number } }[] };
  return links.map(({ link, counts }) => [link, counts.live, counts.withheld]);
}
