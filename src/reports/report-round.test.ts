import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedDatabase } from '../../connectors/domino/embedded/engine/embedded-database.ts';
import { NotesUser } from '../../connectors/domino/embedded/engine/notes-user.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import { migrate } from '../../connectors/postgres/migrate.ts';
import { reportMigrations } from '../../connectors/postgres/migrations/report-migrations.ts';
import { PostgresReportBook } from '../../connectors/postgres/postgres-report-book.ts';
import type { ConflictRow } from '../../connectors/postgres/port.ts';
import { conflictResolve } from '../operations/conflict-resolve.ts';
import { Crash, type CrashCounter, crashing } from '../passes/testing/crashing.ts';
import { newTask } from '../passes/testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from '../passes/testing/test-bridge.ts';
import { itemOf, recordOf } from '../passes/testing/views.ts';
import { runPass } from '../passes/run-pass.ts';
import { REPORT_FORM } from '../sync/report-form.ts';
import type { ReportTally } from './report-deps.ts';
import { reportRound } from './report-round.ts';

const OFFICER = 'CN=Tran Thi Duyet/O=Mau';
const BRIDGE = 'CN=Cau noi So tay/O=Mau';

let bridge: TestBridge;
let reports: EmbeddedDatabase;
let database: NotesDatabase;
let book: PostgresReportBook;
let serial = 0;
let code = '';
beforeAll(async () => {
  bridge = await openTestBridge({
    forms: ['NhiemVu'],
    limits: { deletes: { floor: 1000, share: 1 }, updates: { floor: 1000, share: 1 } },
    entityMappings: (mapping) => ({
      ...mapping,
      acceptRace: true,
      fields: mapping.fields.map((field) =>
        field.field === 'title' ? { ...field, direction: 'both', writer: 'both', conflict: 'manual' } : field,
      ),
    }),
  });
  await migrate(bridge.pools.inside, {
    schema: 'bridge',
    table: 'report_migration',
    migrations: reportMigrations,
  });
  reports = bridge.domino.createDatabase('baocao.nsf', { title: 'Báo cáo', replicaId: '4725880000AA0008' });
  database = await bridge.openBeside('baocao.nsf');
  book = new PostgresReportBook(bridge.pools.inside);
});
afterAll(() => bridge.close());
beforeEach(() => {
  serial += 1;
  code = `BC-${serial}`;
});

async function round(counter?: CrashCounter): Promise<ReportTally> {
  const dying = <T extends object>(port: T) => (counter ? crashing(port, counter) : port);
  const deps = {
    book: dying(book),
    bridge: { ...bridge.bridge, deps: { ...bridge.deps, store: dying(bridge.store) } },
  };
  const place = {
    link: { ...bridge.link, database: dying(bridge.link.database) },
    database: dying(database),
    readers: ['[XuLy]', BRIDGE],
    identity: BRIDGE,
  };
  const outcome = await runPass(bridge.deps, bridge.link, { signal: bridge.context.signal }, (run) =>
    reportRound(deps, place, run),
  );
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  return outcome.value;
}

/** A task whose title both sides changed differently. */
async function clash(): Promise<{ readonly unid: string; readonly row: ConflictRow }> {
  const unid = newTask(bridge.person(), code);
  await bridge.sync();
  const record = await recordOf(bridge, unid);
  bridge.person('CN=Le Van Sua/O=Mau').edit(unid, { TieuDe: 'ở Notes' });
  await bridge.mutate(record?.recordId ?? '', 'task', record?.version ?? 0, { title: 'ở sổ tay' });
  await bridge.sync();
  const row = (await bridge.store.conflicts({ linkId: 'thu', state: 'open', limit: 10 })).find(
    (one) => one.unid === unid,
  );
  if (!row) throw new Error('no conflict');
  return { unid, row };
}

const texts = (unid: string) =>
  Object.fromEntries(
    (reports.readBare(unid)?.items ?? []).map((item) => [
      item.name,
      'values' in item.value ? item.value.values.map(String).join(', ') : '',
    ]),
  );
const reportsOf = (row: ConflictRow): readonly string[] =>
  [...reports.notes()].map(({ unid }) => unid).filter((unid) => texts(unid)['MaBaoCao'] === row.id);
function reportOf(row: ConflictRow): string {
  const [unid, ...others] = reportsOf(row);
  if (unid === undefined || others.length > 0) throw new Error(`${others.length + 1} reports`);
  return unid;
}
const officer = () => new NotesUser(reports, { name: OFFICER, access: 'editor', roles: ['[XuLy]'] });
const choose = (unid: string, choice: string, reason = '') =>
  officer().edit(unid, { LuaChon: choice, LyDo: reason });

describe('reports to Notes users', () => {
  it('[NU6] tell what clashes, with both values, the note, who and when, to the configured readers alone', async () => {
    const { unid, row } = await clash();
    expect(await round()).toMatchObject({ made: 1 });
    const report = reportOf(row);
    expect(texts(report)).toMatchObject({
      Form: REPORT_FORM,
      LoaiBaoCao: 'XungDot',
      TrangThai: 'ChoXuLy',
      LienKet: 'thu',
      UNIDGoc: unid,
      BieuMauGoc: 'NhiemVu',
      TruongGoc: 'TieuDe',
      GiaTriNotes: 'ở Notes',
      GiaTriSoTay: 'ở sổ tay',
      NguoiSuaNotes: 'CN=Le Van Sua/O=Mau',
      DangGiu: '',
    });
    const readers = reports.readBare(report)?.items.find((item) => item.name === 'NguoiDoc');
    expect(readers).toMatchObject({ flags: { readers: true }, value: { values: ['[XuLy]', BRIDGE] } });
    expect(await round()).toMatchObject({ made: 0, refreshed: 0, closed: 0 });
  });

  it('[NU3] a side that is chosen and saved there crosses, and the journal names the Notes user', async () => {
    const { unid, row } = await clash();
    await round();
    choose(reportOf(row), 'SoTay', 'đã đối chiếu với quyết định');
    expect(await round()).toMatchObject({ decided: 1 });
    await bridge.sync();
    expect(itemOf(bridge, unid, 'TieuDe')).toBe('ở sổ tay');
    expect((await recordOf(bridge, unid))?.fields['title']).toBe('ở sổ tay');
    expect(await bridge.store.conflict(row.id)).toMatchObject({ state: 'resolved', closedBy: OFFICER });
    const line = (await bridge.store.journalOfPair(row.pairId)).filter((entry) => entry.event === 'resolve');
    expect(line).toMatchObject([{ by: OFFICER, reason: 'đã đối chiếu với quyết định' }]);
    expect(await bridge.journalIntact()).toBe(true);
  });

  it('[NU5] closed, they say who decided what, and show no values', async () => {
    const { row } = await clash();
    await round();
    const report = reportOf(row);
    choose(report, 'Notes');
    await round();
    expect(texts(report)).toMatchObject({
      TrangThai: 'DaXuLy',
      NguoiXuLy: OFFICER,
      KetQua: 'Giữ giá trị của Notes',
      GiaTriGoc: '',
      GiaTriNotes: '',
      GiaTriSoTay: '',
    });
    expect(await book.open('thu')).not.toContainEqual(expect.objectContaining({ conflictId: row.id }));
  });

  it('[NU5] a note that loses its release takes the values of its report along', async () => {
    const { unid, row } = await clash();
    await round();
    const report = reportOf(row);
    bridge.person().edit(unid, { ChoPhepChuyen: null });
    await bridge.sync();
    await round();
    expect(texts(report)).toMatchObject({ TrangThai: 'HetHieuLuc', GiaTriNotes: '', GiaTriSoTay: '' });
    const stored = JSON.stringify(reports.readBare(report)?.items.map(({ value }) => value));
    expect(stored).not.toContain('ở sổ tay');
  });

  it('[NU2] a choice made of values that have changed since is taken back, and the new ones are shown', async () => {
    const { unid, row } = await clash();
    await round();
    const report = reportOf(row);
    choose(report, 'SoTay');
    bridge.person().edit(unid, { TieuDe: 'lại đổi ở Notes' });
    await bridge.sync();
    expect(await round()).toMatchObject({ decided: 0, refused: 1 });
    expect(texts(report)).toMatchObject({
      TrangThai: 'ChoXuLy',
      LuaChon: '',
      GiaTriNotes: 'lại đổi ở Notes',
    });
    expect(texts(report)['KetQua']).toContain('chọn lại');
    expect(await bridge.store.conflict(row.id)).toMatchObject({ state: 'open' });
  });

  it('[NU2] what an operator decided meanwhile stands, and a later choice changes nothing', async () => {
    const { row } = await clash();
    await round();
    const report = reportOf(row);
    await conflictResolve(bridge.bridge).run({ id: row.id, choose: 'notes' }, bridge.context);
    choose(report, 'SoTay');
    expect(await round()).toMatchObject({ decided: 0, closed: 1 });
    expect(await bridge.store.conflict(row.id)).toMatchObject({ choice: 'notes', closedBy: 'tester' });
    expect(texts(report)).toMatchObject({ TrangThai: 'DaXuLy', NguoiXuLy: 'tester' });
  });

  it('[NU4] what carries the name of the bridge alone is nobody’s choice; idle rounds write nothing', async () => {
    const { row } = await clash();
    await round();
    const report = reportOf(row);
    new NotesUser(reports, { name: BRIDGE, access: 'editor' }).edit(report, { LuaChon: 'Notes' });
    const before = reports.readBare(report)?.sequence;
    expect(await round()).toMatchObject({ decided: 0, refused: 0, refreshed: 0 });
    expect(reports.readBare(report)?.sequence).toBe(before);
    expect(await bridge.store.conflict(row.id)).toMatchObject({ state: 'open' });
  });

  it('[NU1] deleted while its question is open, a report is made anew', async () => {
    const { row } = await clash();
    await round();
    const report = reportOf(row);
    reports.delete(report);
    expect(await round()).toMatchObject({ made: 1 });
    expect(reportOf(row)).not.toBe(report);
  });

  it('[NU1] [NU2] a death after any step leaves one report and one decision', {
    timeout: 120_000,
  }, async () => {
    const { unid, row } = await clash();
    const dyingRounds = async () => {
      for (let nth = 1; ; nth += 1) {
        const counter = { calls: 0, nth };
        try {
          await round(counter);
          return nth;
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
        }
      }
    };
    expect(await dyingRounds()).toBeGreaterThan(5);
    const report = reportOf(row);
    choose(report, 'SoTay');
    await dyingRounds();
    await bridge.sync();
    expect(reportsOf(row)).toEqual([report]);
    expect(itemOf(bridge, unid, 'TieuDe')).toBe('ở sổ tay');
    const decided = (await bridge.store.journalOfPair(row.pairId)).filter(({ event }) => event === 'resolve');
    expect(decided).toHaveLength(1);
    expect(texts(report)).toMatchObject({ TrangThai: 'DaXuLy', GiaTriSoTay: '' });
  });
});

describe('a refused edit', () => {
  /** The member changed a field that Notes alone writes, before the mapping said so: Notes' value stands. */
  async function refused(): Promise<ConflictRow> {
    const unid = newTask(bridge.person(), code);
    await bridge.sync();
    const pair = (await bridge.store.pairsByUnid(bridge.link.replicaSet, [unid]))[0];
    await bridge.store.transaction(null, (tx) =>
      tx.putConflicts([
        {
          id: `refused-${code}`,
          pairId: pair?.id ?? '',
          linkId: 'thu',
          kind: 'refused-edit',
          field: 'title',
          base: 'cũ',
          notes: 'của Notes',
          handbook: 'của đảng viên',
          policy: 'owner',
          winner: 'notes',
          at: new Date().toISOString(),
          dedupe: code,
        },
      ]),
    );
    const row = await bridge.store.conflict(`refused-${code}`);
    if (!row) throw new Error('no row');
    return row;
  }

  it('[NU3] is told too; choosing what stands closes it without an edit', async () => {
    const row = await refused();
    await round();
    const report = reportOf(row);
    expect(texts(report)).toMatchObject({ LoaiBaoCao: 'SuaBiTuChoi', DangGiu: 'Notes' });
    choose(report, 'Notes');
    expect(await round()).toMatchObject({ decided: 1 });
    expect(await bridge.store.conflict(row.id)).toMatchObject({ state: 'resolved', closedBy: OFFICER });
    expect(await round()).toMatchObject({ made: 0 });
  });
});

describe('the form that ships as DXL', () => {
  const dxl = readFileSync(join(import.meta.dirname, '../../connectors/domino/reports/bao-cao.dxl'), 'utf8');

  it('has a field for every item of a report, and lets a person edit the choice and the reason alone', async () => {
    const { row } = await clash();
    await round();
    const items = Object.keys(texts(reportOf(row))).filter(
      (name) => name !== 'Form' && !name.startsWith('$'),
    );
    const fields = [...dxl.matchAll(/<field name='(\w+)' type='\w+' kind='(\w+)'/gu)];
    const names = fields.map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(items));
    expect(fields.filter(([, , kind]) => kind === 'editable').map(([, name]) => name)).toEqual([
      'LuaChon',
      'LyDo',
    ]);
    const columns = [...dxl.matchAll(/<column itemname='(\w+)'/gu)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(columns));
    expect(dxl).toContain('|Notes</text><text>Giá trị trong Sổ tay|SoTay<');
  });
});
