import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config/read-config.ts';
import { compose, type ComposedBridge } from '../compose.ts';

let directory: string;
let composed: ComposedBridge;

/** The bridge's own settings with members through Proton, as they are, and tasks through the REST API. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'link-mix-'));
  const file = join(directory, 'bridge.yaml');
  const [before, ...after] = readFileSync(
    join(import.meta.dirname, '../../config/bridge.yaml'),
    'utf8',
  ).split('via: embedded-proton');
  if (after.length !== 2) throw new Error('the default settings have two links');
  // Reports go through Proton only.
  const rest = after[1]?.replace(/^ +reports: .*\n/mu, '');
  writeFileSync(file, `${before}via: embedded-proton${after[0]}via: embedded-rest${rest}`);
  const env = {
    BRIDGE_SAMPLE_MEMBERS: '6',
    BRIDGE_MAPPINGS_DIR: join(import.meta.dirname, '../../config/mappings'),
  };
  const config = readConfig({ file, env, cwd: directory });
  composed = await compose({ config, dataDir: directory, log: pino({ level: 'silent' }) });
}, 120_000);
afterAll(async () => {
  await composed.close();
  rmSync(directory, { recursive: true, force: true });
});

async function run(name: string, args: object = {}): Promise<unknown> {
  const operation = composed.operations.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return operation.run(operation.args.parse(args), {
    by: 'tester',
    signal: new AbortController().signal,
    progress: () => undefined,
  });
}

describe('one database through Proton, one through the REST API', () => {
  it('may write where the way in writes conditionally, and the probe says so', async () => {
    expect(await run('config-check')).toMatchObject({ ok: true });
    expect(await run('domino-probe', { link: 'tac-nghiep' })).toMatchObject({
      ok: true,
      filePath: 'tacnghiep.nsf',
      user: 'CN=Cau noi So tay/O=Mau',
      requireRevisionToUpdate: true,
      writable: true,
      findings: expect.arrayContaining([expect.objectContaining({ id: 'NhiemVu', severity: 'fine' })]),
    });
    expect(await run('domino-probe', { link: 'dang-vien' })).toMatchObject({
      ok: true,
      canonicalFormat: false,
    });
    expect(composed.bridge.links.map(({ database }) => database.capabilities.conditionalWrite)).toEqual([
      false,
      true,
    ]);
  });

  it('are one handbook, equal to both', { timeout: 120_000 }, async () => {
    await run('sync-once');
    expect(await run('verify')).toMatchObject({ differences: [] });
    for (const { id } of composed.bridge.links)
      expect((await composed.bridge.deps.store.counts(id)).live, id).toBeGreaterThan(0);
  });

  it('keep the contract on a scratch file beside them, attachments included', {
    timeout: 120_000,
  }, async () => {
    await run('domino-create', { database: 'thu-nghiem.nsf' });
    const report = (await run('domino-contract', { link: 'tac-nghiep', scratch: 'thu-nghiem.nsf' })) as {
      readonly passed: readonly string[];
    };
    expect(report).toMatchObject({ ok: true, failed: [] });
    expect(report.passed).toContain(
      'attachments come byte by byte, with their names and sizes, empty ones too',
    );
    await expect(
      run('domino-contract', { link: 'tac-nghiep', scratch: 'tacnghiep.nsf' }),
    ).rejects.toMatchObject({
      code: 'refused',
    });
  });
});
