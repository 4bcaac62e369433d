import { expect } from 'vitest';
import { z } from 'zod';
import { bridgeCommand } from './bridge-process.ts';
import { getJson, postJson } from './http.ts';
import { quickStart } from './quick-start.ts';

const records = z.object({
  records: z.array(
    z.object({ recordId: z.string(), version: z.number(), fields: z.record(z.string(), z.unknown()) }),
  ),
});

/**
 * The main job through the front doors of a running bridge: a task assigned in Notes is read by the handbook app, its member's progress arrives in
 * Notes by the schedules alone, and both sides are equal afterwards.
 */
export async function mainJob(address: string, env: Readonly<Record<string, string>>): Promise<void> {
  const ask = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await bridgeCommand([...args, '--json'], env);
    expect(code, `${args.join(' ')}: ${stdout}${stderr}`).toBe(0);
    return JSON.parse(stdout);
  };
  const released = ['--set', 'DoMat=Thuong', '--set', 'ChoPhepChuyen=1'];
  await ask(
    'domino',
    'create-note',
    '--database',
    'tacnghiep.nsf',
    '--form',
    'NhiemVu',
    '--set',
    'MaNhiemVu=NV-e2e',
    '--set',
    'TieuDe=Rà soát',
    ...released,
  );
  const made = z
    .object({ unid: z.string() })
    .parse(
      await ask(
        'domino',
        'create-note',
        '--database',
        'tacnghiep.nsf',
        '--form',
        'NhiemVuDangVien',
        '--set',
        'MaBanGhi=giao-e2e-0001',
        '--set',
        'MaNhiemVu=NV-e2e',
        '--set',
        'TienDo:number=0',
        ...released,
      ),
    );
  expect(await ask('sync', '--once')).toMatchObject({ quiet: true });

  const account = z
    .object({ password: z.string() })
    .parse(await ask('account', 'create', 'so-tay', '--role', 'app'));
  const session = await postJson(`${address}/api/session`, {
    zone: 'outside',
    name: 'so-tay',
    password: account.password,
  });
  const { token } = z.object({ token: z.string() }).parse(session.body);
  const api = `${address}/api/handbook/v1`;
  expect((await getJson(`${api}/records/assignment`)).status).toBe(401);
  const [record] = records.parse(
    (await getJson(`${api}/records/assignment?key=giao-e2e-0001`, token)).body,
  ).records;
  expect(record?.fields).toMatchObject({ progress: 0, taskCode: 'NV-e2e' });

  const mutation = {
    mutationId: 'm-1',
    kind: 'update',
    entity: 'assignment',
    recordId: record?.recordId,
    baseVersion: record?.version,
    fields: { progress: 40 },
  };
  const sent = await postJson(`${api}/mutations`, { clientId: 'phone-1', mutations: [mutation] }, token);
  expect(sent.body).toMatchObject({ results: [{ mutationId: 'm-1', kind: 'applied' }] });
  expect(
    (await postJson(`${api}/mutations`, { clientId: 'phone-1', mutations: [mutation] }, token)).body,
  ).toEqual(sent.body);
  // Nobody asks for it: the schedule brings it over.
  await expect
    .poll(async () => JSON.stringify(await ask('domino', 'show', made.unid, '--database', 'tacnghiep.nsf')), {
      timeout: 60_000,
      interval: 1_000,
    })
    .toMatch(/"TienDo"[^}]*40/);
  expect(await ask('verify')).toMatchObject({ differences: [] });
  expect(await ask('journal', 'verify')).toMatchObject({ ok: true });
  await quickStart(address, { name: 'so-tay', password: account.password });
}
