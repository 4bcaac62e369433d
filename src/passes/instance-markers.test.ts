import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DominoError } from '../../connectors/domino/port.ts';
import { confirmDeleted } from '../operations/confirm-deleted.ts';
import { instanceRelease } from '../operations/instance-release.ts';
import { status } from '../operations/status.ts';
import { MARKER_FORM } from '../sync/instance-marker.ts';
import type { Link } from './pass-deps.ts';
import { backup, restored } from './testing/restore.ts';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, notesWith, pairOf, recordOf, stateCounts } from './testing/views.ts';

const DAY = 24 * 3_600_000;
let bridge: TestBridge;
beforeEach(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'], renewMs: DAY });
});
afterEach(() => bridge.close());

function marks(): readonly unknown[] {
  return [...bridge.file.notes()]
    .filter((note) => itemOf(bridge, note.unid, 'Form') === MARKER_FORM)
    .map((note) => itemOf(bridge, note.unid, 'TheHe'));
}

async function suspicionOf(link: Link = bridge.link): Promise<string | null> {
  await expect(bridge.sync(undefined, { link })).rejects.toThrow('suspect');
  return (await bridge.store.link('thu'))?.suspect ?? null;
}

async function release(was: 'restored' | 'same'): Promise<void> {
  await instanceRelease(bridge.bridge).run({ link: 'thu', was, reason: 'đã xem' }, bridge.context);
}

async function titleOf(unid: string): Promise<unknown> {
  return (await recordOf(bridge, unid))?.fields['title'];
}

describe('the mark in a file', () => {
  it('[IM1] is written once, again only when its generation is due, and is nobody’s document', async () => {
    newTask(bridge.person(), 'NV-1');
    await bridge.sync();
    expect(marks()).toEqual([1]);
    await bridge.sync();
    await bridge.sync();
    expect(marks()).toEqual([1]);
    bridge.advance(DAY);
    await bridge.sync();
    expect(marks()).toEqual([2]);
    expect(await bridge.store.counts('thu')).toMatchObject({ pairs: 1, live: 1 });
    expect(await bridge.verify()).toMatchObject({ differences: [] });
  });

  it('[IM2] [IM6] shows that the file was restored: nothing happens until a person releases the link, then nothing is lost', async () => {
    const [kept, edited] = ['NV-1', 'NV-2'].map((code) => newTask(bridge.person(), code)) as [string, string];
    await bridge.sync();
    const tape = backup(bridge);
    bridge.person().edit(edited, { TieuDe: 'sau bản sao lưu' });
    const late = newTask(bridge.person(), 'NV-3');
    bridge.advance(DAY);
    await bridge.sync();
    const link = await restored(bridge, 'phuc-hoi.nsf', tape);

    expect(await suspicionOf(link)).toBe('notes-restored');
    expect(await titleOf(edited)).toBe('sau bản sao lưu');
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 3 });
    const [line] = (await status(bridge.bridge).run({}, bridge.context)).links;
    expect(line).toMatchObject({ health: 'suspect', restoreDetection: 'marker' });
    expect(line?.next).toContain('bridge instance release --link thu');
    expect(await suspicionOf(link)).toBe('notes-restored');

    await release('restored');
    await bridge.sync(undefined, { link });
    expect(await titleOf(kept)).toBe('Nhiệm vụ NV-1');
    const conflicts = await bridge.store.conflicts({ linkId: 'thu', limit: 10 });
    expect(conflicts.map((row) => [row.unid, row.field, row.notes, row.handbook])).toEqual([
      [edited, 'title', 'Nhiệm vụ NV-2', 'sau bản sao lưu'],
    ]);
    // Not in the backup: hidden, never deleted.
    expect(await recordOf(bridge, late)).toMatchObject({ state: 'hidden' });
    expect((await bridge.store.link('thu'))?.suspect).toBeNull();
    expect(await bridge.store.instances('thu')).toMatchObject([{ generation: 3, trusted: false }]);
  });

  it('[IM2] [IM6] is gone with a file that took its place; released as the same one, the link goes on where it was', async () => {
    const unid = newTask(bridge.person(), 'NV-1');
    await bridge.sync();
    const [mark] = notesWith(bridge, MARKER_FORM, 'TheHe', 1);
    bridge.person().delete(mark ?? '');
    bridge.person().edit(unid, { TieuDe: 'mới' });
    expect(await suspicionOf()).toBe('marker-gone');
    expect(await titleOf(unid)).toBe('Nhiệm vụ NV-1');
    await release('same');
    await bridge.sync();
    expect(await titleOf(unid)).toBe('mới');
    expect(marks()).toEqual([2]);
    expect(await bridge.store.conflicts({ linkId: 'thu', limit: 10 })).toEqual([]);
  });

  it('[IM2] shows that the bridge’s own memory was restored', async () => {
    newTask(bridge.person(), 'NV-1');
    await bridge.sync();
    const [before] = await bridge.store.instances('thu');
    bridge.advance(DAY);
    await bridge.sync();
    await bridge.store.transaction(null, async (tx) => {
      if (before) await tx.putInstance(before);
    });
    expect(await suspicionOf()).toBe('bridge-restored');
    await release('restored');
    await bridge.sync();
    expect(marks()).toEqual([3]);
  });

  it('[IM3] of another bridge keeps this one out: nothing is read, until a person takes the file over', async () => {
    newTask(bridge.person(), 'NV-1');
    bridge.person().create({
      Form: MARKER_FORM,
      LoaiDanhDau: 'cau-noi-so-tay',
      ChuCauNoi: 'cầu nối khác',
      LienKet: 'thu',
      NoiLuu: 'may-khac!!a.nsf',
      TheHe: 7,
      DauVet: 'x',
    });
    expect(await suspicionOf()).toBe('foreign-marker');
    expect(await bridge.store.counts('thu')).toMatchObject({ pairs: 0 });
    await release('restored');
    await bridge.sync();
    expect(marks()).toEqual([1]);
    expect(await bridge.store.counts('thu')).toMatchObject({ live: 1 });
  });

  it.each(['lost', 'landed'] as const)(
    '[IM5] whose write was %s without an answer raises no suspicion',
    async (what) => {
      newTask(bridge.person(), 'NV-1');
      const link: Link = {
        ...bridge.link,
        database: tamper(bridge.link.database, {
          createNote: async (real, items, options) => {
            if (what === 'landed') await real(items, options);
            throw new DominoError('outcome-unknown', 'no answer');
          },
        }),
      };
      await expect(bridge.sync(undefined, { link })).rejects.toThrow('no answer');
      expect(await bridge.store.instances('thu')).toMatchObject([{ generation: 0 }]);
      await bridge.sync();
      expect(marks()).toEqual([1]);
      expect(await bridge.store.instances('thu')).toMatchObject([{ generation: 1, coming: null }]);
    },
  );

  it('[IM8] is not written by a link that only reads, and its status says so', async () => {
    const reading = await openTestBridge({ forms: ['NhiemVu'], mode: 'pull', renewMs: DAY });
    try {
      newTask(reading.person(), 'NV-1');
      await reading.sync();
      expect([...reading.file.notes()]).toHaveLength(1);
      const [line] = (await status(reading.bridge).run({}, reading.context)).links;
      expect(line).toMatchObject({ restoreDetection: 'none' });
    } finally {
      await reading.close();
    }
  });

  it('[IM7] [PL17] is not needed to see a restored handbook: nothing happens on its word, and what was deleted or withdrawn goes again', async () => {
    const [deleted, withdrawn, edited] = ['NV-1', 'NV-2', 'NV-3'].map((code) =>
      newTask(bridge.person(), code),
    ) as [string, string, string];
    for (const code of ['NV-4', 'NV-5']) newTask(bridge.person(), code);
    await bridge.sync();
    const { outside } = bridge.pools;
    await outside.query(`create table handbook.tape as select * from handbook.record`);
    bridge.person().edit(withdrawn, { ChoPhepChuyen: '' });
    bridge.person().edit(edited, { TieuDe: 'sau bản sao lưu' });
    const buried = await pairOf(bridge, deleted);
    bridge.person().delete(deleted);
    await bridge.sync();
    await confirmDeleted(bridge.bridge).run(
      { link: 'thu', unids: [deleted], reason: 'đã xác nhận' },
      bridge.context,
    );
    await bridge.sync();
    expect(await recordOf(bridge, deleted)).toMatchObject({ state: 'deleted' });

    await outside.query(
      `update handbook.record r set state = t.state, version = t.version, fields = t.fields, key = t.key,
         field_versions = t.field_versions, held = t.held
       from handbook.tape t where t.record_id = r.record_id`,
    );
    await outside.query(`drop table handbook.tape`);
    await outside.query(`update handbook.epoch set origin = 'another'`);
    expect(await suspicionOf()).toBe('handbook-restored');
    // A withdrawal waits for nobody.
    expect(await recordOf(bridge, withdrawn)).toMatchObject({ state: 'withdrawn', fields: {} });
    expect(await titleOf(edited)).toBe('Nhiệm vụ NV-3');
    expect(itemOf(bridge, edited, 'TieuDe')).toBe('sau bản sao lưu');
    await release('restored');
    await bridge.sync();
    expect(await titleOf(edited)).toBe('sau bản sao lưu');
    expect((await bridge.handbook.read([buried.recordId]))[0]).toMatchObject({
      state: 'deleted',
      fields: {},
    });
    expect(await bridge.verify()).toMatchObject({ differences: [] });
  });
});
