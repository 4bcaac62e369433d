import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handbook } from '../../connectors/handbook/port.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import { LeaseLostError } from '../../connectors/postgres/port.ts';
import { pullPass, pushPass, sweepPass } from './link-passes.ts';
import { runPass } from './run-pass.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, notesWith } from './testing/views.ts';

const LONGER_THAN_A_LEASE_MS = 120_000;

let bridge: TestBridge;
let unid = '';
beforeEach(async () => {
  bridge = await openTestBridge({
    forms: ['NhiemVu', 'NhiemVuDangVien', 'DeXuatThayDoi'],
    limits: { writeDeadlineMs: 0 },
  });
  newTask(bridge.person(), 'NV-1');
  unid = newAssignment(bridge.person(), 'giao-0001', 'NV-1');
  await bridge.sync();
});
afterEach(() => bridge.close());

async function memberReports(progress: number): Promise<void> {
  const record = await bridge.record('assignment', 'giao-0001');
  await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress });
}

async function memberAsks(code: string): Promise<void> {
  await bridge.members.mutate({
    clientId: 'phone',
    mutationId: code,
    accountId: 'tester',
    kind: 'create',
    entity: 'changeRequest',
    recordId: crypto.randomUUID(),
    baseVersion: 0,
    fields: {
      recordCode: code,
      memberCode: 'dang-vien-0001',
      fieldName: 'Email',
      newValue: 'moi@example.org',
    },
  });
}

const requests = (code: string) => notesWith(bridge, 'DeXuatThayDoi', 'MaBanGhi', code);

async function allIsWell(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
  expect((await bridge.verify()).differences).toEqual([]);
  expect(await bridge.journalIntact()).toBe(true);
  expect(await bridge.store.conflicts({ linkId: 'thu', limit: 10 })).toEqual([]);
  expect((await bridge.store.counts('thu')).openIntents).toBe(0);
}

/** Another process takes the link over as soon as it may, and does all that there is to do. `unnoticed`: the sleeper's own clock stood still as well. */
async function othersWork(unnoticed = false): Promise<void> {
  await bridge.pools.inside.query(`update bridge.lease set expires_at = '-infinity'`);
  expect(await bridge.sync()).toMatchObject({ quiet: true });
  if (!unnoticed) bridge.advance(LONGER_THAN_A_LEASE_MS);
}

function run(pass: typeof pullPass, parts: { handbook?: Handbook; database?: NotesDatabase } = {}) {
  const deps = { ...bridge.deps, ...(parts.handbook ? { handbook: parts.handbook } : {}) };
  const link = { ...bridge.link, ...(parts.database ? { database: parts.database } : {}) };
  return runPass(
    deps,
    link,
    { name: 'operator', signal: bridge.context.signal, evenIfResting: true },
    (one) => pass(deps, one),
  );
}

describe('four workers on one set of links', () => {
  it('[LE1] have each document’s work done once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const code = `de-xuat-000${round}`;
      newTask(bridge.person(), `NV-moi-${round}`);
      await memberAsks(code);
      await memberReports(10 + round);
      const passes = [pullPass, pushPass, sweepPass, pushPass, pullPass, pushPass, sweepPass, pullPass];
      const outcomes: string[] = [];
      await Promise.all(passes.map(async (pass) => outcomes.push((await run(pass)).kind)));
      expect(outcomes).toContain('busy');
      await allIsWell();
      expect(requests(code)).toHaveLength(1);
      expect(itemOf(bridge, unid, 'TienDo')).toBe(10 + round);
    }
    const created = (await bridge.store.journal('thu', 0, 1000)).filter((row) => row.event === 'create-note');
    expect(created).toHaveLength(4);
  });
});

describe('a worker that was stopped beyond its lease and wakes up', () => {
  it('[LE2] after the handbook took its batch: records nothing of what it believes', async () => {
    bridge.person().edit(unid, { MaChiBo: '01.001.001.000.001' });
    let slept = false;
    const handbook = tamper(bridge.handbook, {
      async apply(real, ...given) {
        const outcomes = await real(...given);
        if (!slept) {
          slept = true;
          await othersWork(true);
          bridge.person().edit(unid, { MaChiBo: '01.001.001.000.002' });
        }
        return outcomes;
      },
    });
    const before = await bridge.store.journal('thu', 0, 1000);
    await expect(run(pullPass, { handbook })).rejects.toBeInstanceOf(LeaseLostError);
    const told = (await bridge.store.journal('thu', 0, 1000)).slice(before.length);
    expect(told.filter((row) => row.event === 'update-record')).toHaveLength(1);
    await allIsWell();
    expect((await bridge.record('assignment', 'giao-0001'))?.fields['organisationCode']).toBe(
      '01.001.001.000.002',
    );
  });

  it('[LE2] between an intent and its write: sends nothing to Notes', async () => {
    await memberReports(40);
    await memberAsks('de-xuat-0009');
    let slept = false;
    let sent = 0;
    const database = tamper(bridge.link.database, {
      replaceItems: (real, ...given) => {
        sent += 1;
        return real(...given);
      },
      createNote: (real, ...given) => {
        sent += 1;
        return real(...given);
      },
    });
    const store = tamper(bridge.store, {
      async transaction(real, ...given) {
        const answer = await real(...given);
        const { openIntents } = await bridge.store.counts('thu');
        if (!slept && openIntents > 0) {
          slept = true;
          await othersWork();
        }
        return answer as never;
      },
    });
    const deps = { ...bridge.deps, store };
    const options = { name: 'operator', signal: bridge.context.signal, evenIfResting: true } as const;
    const woken = runPass(deps, { ...bridge.link, database }, options, (one) => pushPass(deps, one));
    await expect(woken).rejects.toBeInstanceOf(LeaseLostError);
    expect([slept, sent]).toEqual([true, 0]);
    await allIsWell();
    expect(requests('de-xuat-0009')).toHaveLength(1);
    expect(itemOf(bridge, unid, 'TienDo')).toBe(40);
  });

  it('[LE2] within a write to Notes: an older value does not come back', async () => {
    await memberReports(40);
    let slept = false;
    const database = tamper(bridge.link.database, {
      async replaceItems(real, ...given) {
        if (!slept) {
          slept = true;
          await othersWork();
          await memberReports(70);
          await othersWork();
        }
        return real(...given);
      },
    });
    await expect(run(pushPass, { database })).rejects.toBeInstanceOf(LeaseLostError);
    expect(itemOf(bridge, unid, 'TienDo')).toBe(70);
    await allIsWell();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(70);
  });
});
