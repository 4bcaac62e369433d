import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pullPass, pushPass, sweepPass } from './link-passes.ts';
import { runPass } from './run-pass.ts';
import { Crash, crashing } from './testing/crashing.ts';
import { bytes, filesInHandbook, filesInNotes, handIn, withFiles } from './testing/member-files.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';

/** A process may die before or after any call it makes. Each scenario is played once for each such moment; afterwards nothing may show it. */
let bridge: TestBridge;
beforeEach(async () => {
  bridge = await openTestBridge({
    forms: ['NhiemVu', 'NhiemVuDangVien', 'DeXuatThayDoi'],
    entityMappings: (mapping) =>
      mapping.form === 'NhiemVuDangVien' ? withFiles(mapping, { conflict: 'notes-wins' }) : mapping,
    limits: {
      writeDeadlineMs: 0,
      deletes: { floor: 10_000, share: 1 },
      updates: { floor: 10_000, share: 1 },
    },
  });
  // The first run is over: what is approved once needs no person again.
  await bridge.sync();
});
afterEach(() => bridge.close());

let serial = 0;

interface Scenario {
  readonly name: string;
  /** Sets the stage (synced), then does what the crashing run has to bring across; answers what must hold in the end. */
  readonly stage: (key: string) => Promise<() => Promise<void>>;
}

async function quiet(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
}

function value(unid: string, name: string): unknown {
  const item = bridge.file.readBare(unid)?.items.find((candidate) => candidate.name === name);
  return item && 'values' in item.value ? item.value.values[0] : undefined;
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a new note',
    stage: async (key) => {
      newTask(bridge.person(), key);
      return async () => expect((await bridge.record('task', key))?.state).toBe('live');
    },
  },
  {
    name: 'a changed note',
    stage: async (key) => {
      const unid = newTask(bridge.person(), key);
      await quiet();
      bridge.person().edit(unid, { TieuDe: 'Sửa' });
      return async () => expect((await bridge.record('task', key))?.fields['title']).toBe('Sửa');
    },
  },
  {
    name: 'a member’s change',
    stage: async (key) => {
      newTask(bridge.person(), `task-${key}`);
      const unid = newAssignment(bridge.person(), key, `task-${key}`);
      await quiet();
      const record = await bridge.record('assignment', key);
      await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 40 });
      return async () => expect(value(unid, 'TienDo')).toBe(40);
    },
  },
  {
    name: 'a member’s files, one of them in another’s place',
    stage: async (key) => {
      newTask(bridge.person(), `task-${key}`);
      const unid = newAssignment(bridge.person(), key, `task-${key}`);
      await quiet();
      const recordId = (await bridge.record('assignment', key))?.recordId ?? '';
      await handIn(bridge, recordId, { 'a.pdf': bytes(10), 'b.pdf': bytes(20) });
      await quiet();
      const files = { 'a.pdf': bytes(90_000), 'c.pdf': bytes(30) };
      await handIn(bridge, recordId, files);
      return async () => {
        expect(filesInNotes(bridge, unid)).toEqual(files);
        expect(await filesInHandbook(bridge, recordId)).toEqual(files);
      };
    },
  },
  {
    name: 'changes of different fields',
    stage: async (key) => {
      newTask(bridge.person(), `task-${key}`);
      const unid = newAssignment(bridge.person(), key, `task-${key}`);
      await quiet();
      const record = await bridge.record('assignment', key);
      await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 60 });
      bridge.person().edit(unid, { MaChiBo: '01.001.001.000.007' });
      return async () => {
        expect(value(unid, 'TienDo')).toBe(60);
        expect((await bridge.record('assignment', key))?.fields).toMatchObject({
          progress: 60,
          organisationCode: '01.001.001.000.007',
        });
      };
    },
  },
  {
    name: 'a record born in the handbook',
    stage: async (key) => {
      await bridge.members.mutate({
        clientId: 'phone',
        mutationId: key,
        accountId: 'tester',
        kind: 'create',
        entity: 'changeRequest',
        recordId: crypto.randomUUID(),
        baseVersion: 0,
        fields: {
          recordCode: key,
          memberCode: 'dang-vien-0001',
          fieldName: 'DienThoai',
          newValue: '0912345678',
        },
      });
      return async () => {
        const born = [...bridge.file.notes()].filter(
          (note) => value(note.unid, 'Form') === 'DeXuatThayDoi' && value(note.unid, 'MaBanGhi') === key,
        );
        expect(born).toHaveLength(1);
        expect((await bridge.record('changeRequest', key))?.state).toBe('live');
      };
    },
  },
  {
    name: 'a lost release',
    stage: async (key) => {
      const unid = newTask(bridge.person(), key, { TieuDe: `mật ${key}` });
      await quiet();
      bridge.person().edit(unid, { DoMat: 'Mat' });
      return async () => {
        expect(await bridge.record('task', key)).toBeNull();
        expect(await bridge.dump()).not.toContain(`mật ${key}`);
      };
    },
  },
  {
    name: 'a note that went',
    stage: async (key) => {
      const unid = newTask(bridge.person(), key);
      await quiet();
      bridge.person().delete(unid);
      const recordId = (await bridge.record('task', key))?.recordId ?? '';
      return async () => expect((await bridge.handbook.read([recordId]))[0]?.state).toBe('hidden');
    },
  },
];

describe('a crash after the n-th call', () => {
  it.each(SCENARIOS)('[IN1] [IN2] [BA3] leaves nothing behind: $name', async ({ stage }) => {
    // Before the first call is after none: both moments of every call are there.
    for (let nth = 0, crashed = true; crashed; nth++) {
      serial += 1;
      const holds = await stage(`ban-ghi-${String(serial).padStart(6, '0')}`);
      crashed = await crashingRun(nth);
      await quiet();
      await holds();
      const label = `after call ${nth}`;
      expect(await bridge.store.conflicts({ linkId: 'thu', limit: 10 }), label).toEqual([]);
      expect(await bridge.store.quarantined({ linkId: 'thu', limit: 10 }), label).toEqual([]);
      expect((await bridge.store.counts('thu')).openIntents, label).toBe(0);
    }
    expect((await bridge.verify()).differences).toEqual([]);
    expect(await bridge.journalIntact()).toBe(true);
  });
});

/** True when the run came to its n-th call and died of it. */
async function crashingRun(nth: number): Promise<boolean> {
  const counter = { calls: 0, nth };
  const deps = {
    ...bridge.deps,
    store: crashing(bridge.store, counter),
    handbook: crashing(bridge.handbook, counter),
  };
  const link = { ...bridge.link, database: crashing(bridge.link.database, counter) };
  try {
    for (const pass of [pullPass, pushPass, sweepPass]) {
      await runPass(deps, link, { signal: bridge.context.signal, evenIfResting: true }, (run) =>
        pass(deps, run),
      );
    }
    return false;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    // What a dead process leaves is not given back: its lease runs out.
    await bridge.pools.inside.query(`UPDATE bridge.lease SET expires_at = '-infinity'`);
    return true;
  }
}
