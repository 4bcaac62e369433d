import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { describeWithServers } from '../testing/servers.ts';
import { bridgeCommand, type Running, startServer } from './testing/bridge-process.ts';
import { addressOf } from './testing/http.ts';
import { mainJob } from './testing/main-job.ts';

describeWithServers('the main job on real servers', ['postgres', 'outside', 'redis'], (servers) => {
  // Whole processes on a machine that may be busy.
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });
  const name = `bridge_${randomBytes(6).toString('hex')}`;
  let dataDir: string;
  let running: Running | null = null;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'bridge-servers-'));
    for (const url of [servers.postgres, servers.outside]) await administer(url, `CREATE DATABASE ${name}`);
    const redis = new Redis(servers.redis);
    await redis.flushdb();
    await redis.quit();
  });
  afterEach(async () => {
    running?.process.kill('SIGKILL');
    await running?.ended;
    for (const url of [servers.postgres, servers.outside])
      await administer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    rmSync(dataDir, { recursive: true, force: true });
  });

  const common = () => ({ BRIDGE_DATA_DIR: dataDir, BRIDGE_SAMPLE_MEMBERS: '40', PORT: '0' });

  it('both zones on one PostgreSQL, the queue in it', async () => {
    const env = { ...common(), DATABASE_URL: inDatabase(servers.postgres, name) };
    running = startServer(env);
    await mainJob(await addressOf(running), env);
    expect(await schemas(inDatabase(servers.postgres, name))).toEqual(['bridge', 'bullmq', 'handbook']);
  });

  it('each zone on a PostgreSQL of its own, the queue in Redis; killed and resumed', async () => {
    const env = {
      ...common(),
      DATABASE_URL: inDatabase(servers.postgres, name),
      OUTSIDE_DATABASE_URL: inDatabase(servers.outside, name),
      REDIS_URL: servers.redis,
    };
    running = startServer(env);
    await addressOf(running);
    running.process.kill('SIGKILL');
    await running.ended;
    running = startServer(env);
    await mainJob(await addressOf(running), env);
    // The zones do not touch: neither server knows the other's schema.
    expect(await schemas(inDatabase(servers.postgres, name))).toEqual(['bridge']);
    expect(await schemas(inDatabase(servers.outside, name))).toEqual(['handbook']);
  });

  it('names a server that cannot be reached, and ends', async () => {
    const env = { ...common(), DATABASE_URL: 'postgres://nobody:wrong@127.0.0.1:1/none' };
    const { code, stderr } = await bridgeCommand(['status'], env);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/127\.0\.0\.1:1|ECONNREFUSED/);
    expect(stderr).not.toContain('wrong');
  });
});

function inDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function schemas(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT nspname AS name FROM pg_namespace WHERE nspname IN ('bridge', 'handbook', 'bullmq') ORDER BY nspname`,
    );
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}
