import { afterEach, describe, expect, it } from 'vitest';
import { acceptPreview } from '../operations/accept-preview.ts';
import { preview } from '../operations/preview.ts';
import { pushPass } from './link-passes.ts';
import { runPass } from './run-pass.ts';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge, type TestBridgeOptions } from './testing/test-bridge.ts';
import { journalSince, notesWith, versions } from './testing/views.ts';

let bridge: TestBridge;
afterEach(() => bridge.close());

async function withStranger(options: Partial<TestBridgeOptions> = {}): Promise<void> {
  bridge = await openTestBridge({ forms: ['NhiemVu', 'DeXuatThayDoi'], ...options });
  await bridge.handbook.apply([
    {
      opId: 'stranger',
      recordId: '7b0342bc-c213-4c38-a991-a7f6f3d52f28',
      entity: 'changeRequest',
      expectedVersion: 0,
      kind: 'put',
      key: 'de-xuat-cu',
      set: {
        recordCode: 'de-xuat-cu',
        memberCode: 'dang-vien-0001',
        fieldName: 'Email',
        newValue: 'moi@example.org',
      },
    },
  ]);
}

async function refusal(): Promise<{ code: string; preview: string }> {
  const error: unknown = await bridge.sync().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'needs-approval' });
  const { details } = error as { details: { awaiting: { preview: string }[] } };
  return { code: 'needs-approval', preview: details.awaiting[0]?.preview ?? '' };
}

describe('a first run into a handbook that holds something', () => {
  it('[BR4] writes nothing to either side, whichever direction begins', async () => {
    await withStranger();
    newTask(bridge.person(), 'NV-1');
    const before = await versions(bridge);
    const context = { signal: new AbortController().signal };
    const outcome = await runPass(bridge.deps, bridge.link, context, (run) => pushPass(bridge.deps, run));
    expect(outcome).toMatchObject({ kind: 'done', value: { awaiting: expect.any(String) } });
    await refusal();
    expect(await versions(bridge)).toEqual(before);
    expect((await bridge.store.link('thu'))?.approved).toBe(false);
  });

  it('[BR4] [BR3] lists what then happens on both sides', async () => {
    await withStranger();
    newTask(bridge.person(), 'NV-1');
    newTask(bridge.person(), 'NV-2', { DoMat: 'Mat' });
    const { preview: id } = await refusal();
    const listed = (await bridge.store.preview(id))?.entries.map((entry) => entry.event).sort();
    expect(listed).toEqual(['create-note', 'create-record']);
    const { last } = await journalSince(bridge, 0);
    await bridge.sync(id);
    const { events } = await journalSince(bridge, last);
    expect(events.filter((event) => event.startsWith('create-')).sort()).toEqual(listed);
    expect((await bridge.record('task', 'NV-1'))?.state).toBe('live');
    expect(notesWith(bridge, 'DeXuatThayDoi', 'MaBanGhi', 'de-xuat-cu')).toHaveLength(1);
  });

  it.each(['sync', 'pull', 'propose'] as const)(
    '[BR3] goes on with what a list set aside that was being made when an earlier one was accepted, in mode %s',
    async (mode) => {
      await withStranger({ mode });
      newTask(bridge.person(), 'NV-1');
      const first = await refusal();
      newTask(bridge.person(), 'NV-2');
      let accepted = false;
      const database = tamper(bridge.link.database, {
        async readNotes(real, ...given) {
          if (!accepted) await acceptPreview(bridge.bridge, first.preview, bridge.context, 'đã xem');
          accepted = true;
          return real(...given);
        },
      });
      await bridge.sync(undefined, { link: { ...bridge.link, database } }).catch(() => undefined);
      expect(accepted).toBe(true);
      await bridge.sync();
      expect((await bridge.record('task', 'NV-1'))?.state).toBe('live');
      expect((await bridge.record('task', 'NV-2'))?.state).toBe('live');
      const { blocked } = await bridge.store.counts('thu');
      expect(blocked).toEqual(mode === 'pull' ? { mode: 1 } : {});
    },
  );

  it('[BR4] asks for a whole new list when there is news, and takes the old one no more', async () => {
    await withStranger({ limits: { batch: 2, passMs: 1 } });
    for (const code of ['NV-1', 'NV-2', 'NV-3', 'NV-4', 'NV-5']) newTask(bridge.person(), code);
    const first = await refusal();
    newTask(bridge.person(), 'NV-6');
    const second = await refusal();
    expect(second.preview).not.toBe(first.preview);
    expect((await bridge.store.preview(second.preview))?.entries).toHaveLength(7);
    await expect(acceptPreview(bridge.bridge, first.preview, bridge.context)).rejects.toMatchObject({
      code: 'refused',
    });
    await bridge.sync(second.preview);
    expect(await bridge.handbook.count(['task'])).toBe(6);
  });

  it('[BR4] is decided once', async () => {
    await withStranger();
    const { preview: id } = await refusal();
    await bridge.sync(id);
    await expect(bridge.sync(id)).rejects.toMatchObject({ code: 'refused' });
    expect(await bridge.store.preview(id)).toMatchObject({ decidedBy: 'tester' });
  });
});

describe('a first run into an empty handbook', () => {
  it('[BR4] approves itself', async () => {
    bridge = await openTestBridge({ forms: ['NhiemVu'] });
    newTask(bridge.person(), 'NV-1');
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 1 }] });
    const rows = await bridge.store.journal('thu', 0, 10);
    expect(rows[0]).toMatchObject({ event: 'approve', rule: 'BR4', by: 'bridge' });
  });

  it('[BR4] brings everything over although somebody asked for a list before', async () => {
    bridge = await openTestBridge({ forms: ['NhiemVu'] });
    newTask(bridge.person(), 'NV-1');
    for (let time = 0; time < 2; time++) {
      const shown = await preview(bridge.bridge).run({ link: 'thu' }, bridge.context);
      expect(shown.previews[0]?.events).toEqual({ 'create-record': 1 });
    }
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 1 }] });
    expect((await bridge.verify()).differences).toEqual([]);
  });
});
