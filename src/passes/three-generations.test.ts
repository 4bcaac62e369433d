import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mapping } from '../sync/mapping.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { recordOf, stateCounts } from './testing/views.ts';

/** The organisation that gives out a task is its parent here, so that assignments have a grandparent. */
function underOrganisation(mapping: Mapping): Mapping {
  if (mapping.entity !== 'task') return mapping;
  return {
    ...mapping,
    gate: { ...mapping.gate, parent: { field: 'organisationCode', entity: 'organisation' } },
  };
}

const CODE = '01.002.003.004.005';
const SECRET = 'chimhoamihot';

let bridge: TestBridge;
let organisation: string;
let task: string;
let assignment: string;
beforeAll(async () => {
  bridge = await openTestBridge({
    forms: ['ToChucDang', 'NhiemVu', 'NhiemVuDangVien'],
    entityMappings: underOrganisation,
  });
  const person = bridge.person();
  organisation = person.create({
    Form: 'ToChucDang',
    DoMat: 'Mat',
    ChoPhepChuyen: '1',
    MaToChuc: CODE,
    TenToChuc: 'Chi bộ 5',
  });
  task = newTask(person, 'NV-1', { MaToChucGiao: CODE, TieuDe: SECRET });
  assignment = newAssignment(person, 'giao-0001', 'NV-1');
  await bridge.sync();
});
afterAll(() => bridge.close());

/** Live records of each generation, the eldest first. */
async function live(): Promise<readonly number[]> {
  const counts = [];
  for (const entity of ['organisation', 'task', 'assignment'])
    counts.push((await stateCounts(bridge, entity))['live'] ?? 0);
  return counts;
}

describe('[GA4] a grandchild of an unreleased note', () => {
  it('stays out with its released parent, whose content nobody asked for', async () => {
    expect(await live()).toEqual([0, 0, 0]);
    const asked = bridge.domino.requests
      .entries()
      .filter(({ unids, answered }) =>
        [...unids, ...answered].some((unid) => [task, assignment].includes(unid)),
      );
    expect(asked.length).toBeGreaterThan(0);
    const names = new Set(asked.flatMap(({ itemNames }) => itemNames));
    expect([names.has('TieuDe'), names.has('TienDo')]).toEqual([false, false]);
    expect(await bridge.dump()).not.toContain(SECRET);
  });

  it('crosses in the same round when the grandparent is released', async () => {
    bridge.person().edit(organisation, { DoMat: 'Thuong' });
    await bridge.sync();
    expect(await live()).toEqual([1, 1, 1]);
    expect(await recordOf(bridge, assignment)).toMatchObject({ state: 'live' });
  });

  it('is withdrawn with it, erased, and back with it', async () => {
    bridge.person().edit(organisation, { ChoPhepChuyen: '' });
    await bridge.sync();
    expect(await live()).toEqual([0, 0, 0]);
    expect(await recordOf(bridge, task)).toMatchObject({ state: 'withdrawn', fields: {} });
    expect(await recordOf(bridge, assignment)).toMatchObject({ state: 'withdrawn', fields: {} });
    expect(await bridge.dump()).not.toContain(SECRET);
    bridge.person().edit(organisation, { ChoPhepChuyen: '1' });
    await bridge.sync();
    expect(await live()).toEqual([1, 1, 1]);
  });
});
