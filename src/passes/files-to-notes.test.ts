import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DominoError } from '../../connectors/domino/port.ts';
import {
  attachInNotes,
  bytes,
  FILES,
  filesInHandbook,
  filesInNotes,
  handIn,
  removeInNotes,
  withFiles,
} from './testing/member-files.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { notesWith, quarantined, recordOf, versions } from './testing/views.ts';

const REPORT = bytes(90_001);
const TABLE = bytes(17, 3);

describe.each(['proton', 'rest'] as const)('files that members hand in, by %s', (way) => {
  let bridge: TestBridge;
  let serial = 0;
  beforeAll(async () => {
    bridge = await openTestBridge({
      forms: ['NhiemVu', 'NhiemVuDangVien', 'YKien'],
      way,
      limits: { writeDeadlineMs: 0, updates: { floor: 10_000, share: 1 } },
      entityMappings: (mapping) =>
        ['NhiemVuDangVien', 'YKien'].includes(mapping.form)
          ? withFiles(mapping, { conflict: 'notes-wins' })
          : mapping,
    });
    newTask(bridge.person(), 'NV-1');
    await quiet();
  });
  afterAll(() => bridge.close());

  async function quiet(): Promise<void> {
    bridge.domino.clock.step(10_000);
    expect(await bridge.sync(undefined, { deps: impatient() })).toMatchObject({ quiet: true });
  }

  /** Our clock goes ahead instead of waiting. */
  function impatient(): TestBridge['deps'] {
    const { clock } = bridge.deps;
    return { ...bridge.deps, clock: { now: () => clock.now(), sleep: async (ms) => bridge.advance(ms) } };
  }

  /** A crossed assignment: its note and record. */
  async function assignment(): Promise<{ readonly unid: string; readonly recordId: string }> {
    serial += 1;
    const unid = newAssignment(bridge.person(), `giao-000${serial}`, 'NV-1');
    await quiet();
    return { unid, recordId: (await recordOf(bridge, unid))?.recordId ?? '' };
  }

  async function bothSides({ unid, recordId }: { readonly unid: string; readonly recordId: string }) {
    const notes = filesInNotes(bridge, unid);
    const handbook = await filesInHandbook(bridge, recordId);
    return { notes, handbook, differences: (await bridge.verify()).differences };
  }

  const agreed = (files: Readonly<Record<string, Buffer>>) => ({
    notes: files,
    handbook: files,
    differences: [],
  });

  it('[ME10] come to the note byte by byte, once, and change nothing else of it', async () => {
    const pair = await assignment();
    const others = () => bridge.file.read(pair.unid)?.items.filter(({ name }) => !name.startsWith('$'));
    const before = others();
    await handIn(bridge, pair.recordId, { 'Báo cáo.pdf': REPORT, 'bảng.xlsx': TABLE });
    await quiet();
    expect(await bothSides(pair)).toEqual(agreed({ 'Báo cáo.pdf': REPORT, 'bảng.xlsx': TABLE }));
    expect(others()).toEqual(before);
    const settled = await versions(bridge);
    await quiet();
    expect(await versions(bridge)).toEqual(settled);
  });

  it('[ME10] merge one by one with what people attach and remove in Notes', async () => {
    const pair = await assignment();
    await handIn(bridge, pair.recordId, { 'a.pdf': TABLE, 'b.pdf': TABLE });
    await quiet();
    attachInNotes(bridge, pair.unid, 'notes.pdf', REPORT);
    removeInNotes(bridge, pair.unid, 'b.pdf');
    await handIn(bridge, pair.recordId, { 'a.pdf': REPORT, 'b.pdf': TABLE, 'c.pdf': TABLE });
    await quiet();
    expect(await bothSides(pair)).toEqual(agreed({ 'a.pdf': REPORT, 'c.pdf': TABLE, 'notes.pdf': REPORT }));
    await handIn(bridge, pair.recordId, { 'c.pdf': TABLE });
    await quiet();
    expect(await bothSides(pair)).toEqual(agreed({ 'c.pdf': TABLE }));
  });

  it('[ME10] of two files of one name the policy’s stays, on both sides', async () => {
    const pair = await assignment();
    attachInNotes(bridge, pair.unid, 'a.pdf', TABLE);
    await handIn(bridge, pair.recordId, { 'a.pdf': REPORT, 'b.pdf': TABLE });
    expect((await bridge.sync()).links[0]).toMatchObject({ conflicts: 1 });
    await quiet();
    expect(await bothSides(pair)).toEqual(agreed({ 'a.pdf': TABLE, 'b.pdf': TABLE }));
  });

  it('[IN2] whose upload got no answer are neither sent twice nor lost', async () => {
    const pair = await assignment();
    await handIn(bridge, pair.recordId, { 'a.pdf': TABLE, 'b.pdf': REPORT });
    let silent = 1;
    const database = tamper(bridge.link.database, {
      attachFile: async (real, ...given) => {
        const answer = await real(...given);
        silent -= 1;
        if (silent >= 0) throw new DominoError('outcome-unknown', 'no answer');
        return answer;
      },
    });
    await bridge.sync(undefined, { deps: impatient(), link: { ...bridge.link, database } });
    bridge.advance(60_000);
    await quiet();
    expect(await bothSides(pair)).toEqual(agreed({ 'a.pdf': TABLE, 'b.pdf': REPORT }));
  });

  it('[IN2] whose predecessor was removed when the server went away take its place later', async () => {
    const pair = await assignment();
    await handIn(bridge, pair.recordId, { 'a.pdf': TABLE });
    await quiet();
    await handIn(bridge, pair.recordId, { 'a.pdf': REPORT });
    let missing: Readonly<Record<string, Buffer>> | null = null;
    const database = tamper(bridge.link.database, {
      attachFile: (real, ...given) => {
        if (missing !== null) return real(...given);
        missing = filesInNotes(bridge, pair.unid);
        return Promise.reject(new DominoError('unreachable', 'the server went away'));
      },
    });
    await bridge.sync(undefined, { deps: impatient(), link: { ...bridge.link, database } });
    expect(missing).toEqual({});
    bridge.advance(60_000);
    await quiet();
    expect(await bothSides(pair)).toEqual(agreed({ 'a.pdf': REPORT }));
  });

  it('[QU3] that the handbook cannot give as announced set their own record aside', async () => {
    const pair = await assignment();
    await handIn(bridge, pair.recordId, { 'a.pdf': REPORT });
    const handbook = tamper(bridge.deps.handbook, {
      readBlob: async (real, ...given) => {
        const blob = await real(...given);
        return blob === null
          ? null
          : {
              ...blob,
              content: (async function* () {
                yield TABLE;
              })(),
            };
      },
    });
    await bridge.sync(undefined, { deps: { ...bridge.deps, handbook } });
    expect(filesInNotes(bridge, pair.unid)).toEqual({});
    expect((await quarantined(bridge)).map(({ code }) => code)).toEqual(['not-writable']);
  });

  it('[GA6] go with a new record to its note, and what could not follows after the release', async () => {
    const born = async (code: string, files: Readonly<Record<string, Buffer>>) => {
      const recordId = randomUUID();
      await bridge.members.mutate({
        clientId: 'phone',
        mutationId: randomUUID(),
        accountId: 'tester',
        kind: 'create',
        entity: 'opinion',
        recordId,
        baseVersion: 0,
        fields: {
          recordCode: code,
          memberCode: 'dang-vien-0001',
          organisationCode: '01.001.001.000.001',
          subject: 'Đường tổ dân phố',
          content: 'Đề nghị sửa đèn đường.',
          submittedAt: '2026-11-04T12:35:00.00Z',
        },
      });
      await handIn(bridge, recordId, files, 'opinion');
      return recordId;
    };
    const first = await born('y-kien-0001', { 'ảnh.png': TABLE });
    await quiet();
    const [unid = ''] = notesWith(bridge, 'YKien', 'MaBanGhi', 'y-kien-0001');
    expect(filesInNotes(bridge, unid)).toEqual({ 'ảnh.png': TABLE });

    const second = await born('y-kien-0002', { 'ảnh.png': REPORT, 'b.png': TABLE });
    const database = tamper(bridge.link.database, {
      attachFile: (real, unidOf, file) =>
        file.name === 'b.png' ? Promise.reject(new DominoError('unreachable', 'gone')) : real(unidOf, file),
    });
    await bridge.sync(undefined, { deps: impatient(), link: { ...bridge.link, database } });
    const [other = ''] = notesWith(bridge, 'YKien', 'MaBanGhi', 'y-kien-0002');
    expect(Object.keys(filesInNotes(bridge, other))).toEqual(['ảnh.png']);
    for (const one of [unid, other])
      bridge.person('CN=Can bo Mau/O=Mau').edit(one, { DoMat: 'Thuong', ChoPhepChuyen: '1' });
    await quiet();
    expect(await bothSides({ unid, recordId: first })).toEqual(agreed({ 'ảnh.png': TABLE }));
    expect(await bothSides({ unid: other, recordId: second })).toEqual(
      agreed({ 'ảnh.png': REPORT, 'b.png': TABLE }),
    );
  });

  it('[GA5] leave nothing in the handbook when the release is lost', async () => {
    const pair = await assignment();
    await handIn(bridge, pair.recordId, { 'a.pdf': REPORT });
    bridge.person().edit(pair.unid, { ChoPhepChuyen: null });
    await quiet();
    const [record] = await bridge.handbook.read([pair.recordId]);
    expect(record).toMatchObject({ state: 'withdrawn', fields: {} });
    expect(await bridge.handbook.readBlob({ recordId: pair.recordId, field: FILES }, 'a.pdf')).toBeNull();
    bridge.person().edit(pair.unid, { ChoPhepChuyen: '1' });
    await quiet();
    expect(await bothSides(pair)).toEqual(agreed({}));
  });
});
