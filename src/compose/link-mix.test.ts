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

interface Shown {
  readonly items: readonly { readonly name: string; readonly values: readonly unknown[] }[];
}

/** The UNID of the released note of the form that stands at this place. */
async function noteOf(database: string, form: string, at = 0): Promise<string> {
  const { notes } = (await run('domino-list', { database })) as {
    readonly notes: readonly { readonly unid: string; readonly form: string }[];
  };
  const known: string[] = [];
  for (const { unid, form: own } of notes)
    if (own === form && (await recordAt(unid))?.state === 'live') known.push(unid);
  return known.sort()[at] ?? '';
}

async function recordAt(unid: string) {
  const { deps, links } = composed.bridge;
  for (const { replicaSet } of links) {
    const [pair] = await deps.store.pairsByUnid(replicaSet, [unid]);
    if (pair !== undefined) return (await deps.handbook.read([pair.recordId]))[0];
  }
  return undefined;
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

  it('carry edits of people and of members, each by its own way, and one that is busy holds up nobody', {
    timeout: 120_000,
  }, async () => {
    const member = await noteOf('dangvien.nsf', 'DangVien');
    const assignment = await noteOf('tacnghiep.nsf', 'NhiemVuDangVien');
    const set = (database: string, unid: string, items: object) =>
      run('domino-edit', { database, unid, items });
    await set('dangvien.nsf', member, { DienThoai: { type: 'text', values: ['0900000001'] } });
    await set('tacnghiep.nsf', assignment, {
      HanHoanThanh: { type: 'datetime', values: ['2026-12-31T10:00:00.00Z'] },
    });
    await run('sync-once');
    expect((await recordAt(member))?.fields['phone']).toBe('0900000001');
    const record = await recordAt(assignment);
    expect(record?.fields['dueAt']).toBe('2026-12-31T10:00:00.00Z');
    const change = {
      clientId: 'phone',
      mutationId: 'one',
      accountId: 'tester',
      kind: 'update',
      entity: 'assignment',
      recordId: record?.recordId ?? '',
      baseVersion: record?.version ?? 0,
      fields: { progress: 73 },
    } as const;
    expect(await composed.members.mutate(change)).toMatchObject({ kind: 'applied' });
    await run('domino-fault', {
      action: 'add',
      rule: { kind: 'busy', when: { filePath: 'dangvien.nsf', times: 1000 } },
    });
    await run('sync-once', { link: 'tac-nghiep' });
    await run('domino-fault', { action: 'clear' });
    const shown = (await run('domino-show', { database: 'tacnghiep.nsf', unid: assignment })) as Shown;
    expect(shown.items.find(({ name }) => name === 'TienDo')?.values).toEqual([73]);
    expect(await run('verify')).toMatchObject({ differences: [] });
  });

  it('leave a document whose item became another type to a person, whichever way it comes', {
    timeout: 120_000,
  }, async () => {
    const assignment = await noteOf('tacnghiep.nsf', 'NhiemVuDangVien', 1);
    const before = await recordAt(assignment);
    await run('domino-edit', {
      database: 'tacnghiep.nsf',
      unid: assignment,
      items: { HanHoanThanh: { type: 'text', values: ['tháng sau'] } },
    });
    await run('sync-once');
    expect(await run('quarantine-list')).toMatchObject({
      quarantined: [{ unid: assignment, form: 'NhiemVuDangVien' }],
    });
    expect((await recordAt(assignment))?.fields['dueAt']).toBe(before?.fields['dueAt']);
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
