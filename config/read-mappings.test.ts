import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANONICAL_FORM_VERSION } from '../src/sync/canonical.ts';
import { ConfigError } from './config-problem.ts';
import { readMappings } from './read-mappings.ts';

const shipped = readMappings(join(import.meta.dirname, 'mappings'));

const GOOD = `form: F
entity: thing
version: 3
title: { vi: F, en: F }
key: code
gate:
  classification: { item: DoMat, open: [Thuong] }
  release: { item: ChoPhepChuyen, marks: ['1'] }
fields:
  - { item: Ma, field: code, type: text, check: { required: true } }
`;

const LEVEL = `list: Level
title: { vi: Mức, en: Level }
codes:
  - { code: A, vi: Một, en: One }
  - { code: "Nu\u031b\u0303", vi: Hai, en: Two }
`;

function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'bridge-mappings-'));
  mkdirSync(join(dir, 'code-lists'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}
function problemsOf(more: string): readonly string[] {
  try {
    readMappings(folder({ 'F.yaml': GOOD + more, 'code-lists/Level.yaml': LEVEL }));
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map((one) => `${one.line ?? '-'}:${one.column ?? '-'} ${one.path}`);
    throw error;
  }
  return [];
}

describe('readMappings', () => {
  it('fills in what a mapping leaves out', () => {
    const more = `  - { item: A, field: a, type: text, writer: handbook, direction: push }\n  - { item: B, field: b, type: text, writer: both, direction: both }\n`;
    const [mapping] = readMappings(folder({ 'F.yaml': GOOD + more, 'notes.txt': 'not a mapping' }));
    expect(mapping).toMatchObject({
      version: `3.${CANONICAL_FORM_VERSION}`,
      creates: 'notes',
      handbookDelete: 'refuse',
      editAgainstDelete: 'keep-edit',
      acceptRace: false,
      gate: { denied: false },
    });
    expect(mapping?.fields.map((field) => [field.direction, field.writer, field.conflict])).toEqual([
      ['pull', 'notes', 'notes-wins'],
      ['push', 'handbook', 'handbook-wins'],
      ['both', 'both', 'manual'],
    ]);
    expect(mapping?.fields[0]).toEqual({
      item: 'Ma',
      field: 'code',
      type: 'text',
      direction: 'pull',
      writer: 'notes',
      conflict: 'notes-wins',
      clear: 'delete',
      nonsummary: false,
      check: { required: true },
    });
  });

  it('brings listed values into the canonical form, and leaves gate marks exactly as written', () => {
    const text = `${GOOD.replace('[Thuong]', '["Th\u01b0\u01a1\u0300ng"]')}  - { item: A, field: a, type: text, check: { oneOf: ["Nu\u031b\u0303"] } }\n`;
    const [mapping] = readMappings(folder({ 'F.yaml': text }));
    expect(mapping?.fields[1]?.check.oneOf).toEqual(['Nữ']);
    expect(mapping?.gate.classification.open).toEqual(['Th\u01b0\u01a1\u0300ng']);
  });

  it.each([
    ['  - { item: A, field: a, type: boolean }\n', ['11:5 fields[1].truth']],
    ['  - { item: A, field: a, type: boolean, truth: { yes: 1, no: "1" } }\n', ['11:62 fields[1].truth.no']],
    ['  - { item: A, field: a, type: text, truth: { yes: 1, no: 0 } }\n', ['11:38 fields[1].truth']],
    ['  - { item: A, field: a, type: reference }\n', ['11:5 fields[1].entity']],
    [
      '  - { item: A, field: a, type: text, check: { codeList: Level, oneOf: [x] } }\n',
      ['11:64 fields[1].check.oneOf'],
    ],
    [
      '  - { item: A, field: a, type: text, check: { codeList: None } }\n',
      ['11:57 fields[1].check.codeList'],
    ],
    ['  - { item: A, field: a, type: string }\n', ['11:32 fields[1].type']],
    ['  - { item: A, field: a, type: text, check: { pattern: "(" } }\n', ['11:56 fields[1].check.pattern']],
    [
      '  - { item: A B, field: Upper, type: text, colour: red }\n',
      ['11:13 fields[1].item', '11:25 fields[1].field', '11:44 fields[1].colour'],
    ],
    ['handbookDelete: soft\n', ['1:1 softDelete']],
    ['softDelete: { item: X, value: "1" }\n', ['11:1 softDelete']],
  ])('finds the place of %j', (more, places) => {
    expect(problemsOf(more)).toEqual(places);
  });

  it('tells the problems of all files at once', () => {
    const dir = folder({
      'A.yaml': GOOD.replace('version: 3', 'version: 0'),
      'B.yaml': 'form: [',
      'C.yaml': GOOD,
    });
    expect(() => readMappings(dir)).toThrow(/A\.yaml:3:10 version is 0[\s\S]*B\.yaml/u);
  });

  it('takes the codes of a list for what a field may hold, and the list from beside the mappings', () => {
    const more = '  - { item: A, field: a, type: text, check: { codeList: Level } }\n';
    const [mapping] = readMappings(folder({ 'F.yaml': GOOD + more, 'code-lists/Level.yaml': LEVEL }));
    expect(mapping?.fields[1]?.check).toEqual({ oneOf: ['A', 'Nữ'] });
  });

  it.each([
    [
      'two lists of one name',
      { 'code-lists/B.yaml': LEVEL },
      /Level\.yaml:1:1 list is "Level", as in another file/u,
    ],
    [
      'a code twice',
      { 'code-lists/B.yaml': `${LEVEL.replace('Level', 'B')}  - { code: A, vi: Ba, en: Three }\n` },
      /each code once/u,
    ],
    ['an empty list', { 'code-lists/B.yaml': 'list: B\ntitle: { vi: B, en: B }\ncodes: []\n' }, /B\.yaml:3/u],
  ])('refuses %s', (_, files, said) => {
    const dir = folder({ 'F.yaml': GOOD, 'code-lists/Level.yaml': LEVEL, ...files });
    expect(() => readMappings(dir)).toThrow(said);
  });

  it('refuses a folder without mappings', () => {
    expect(() => readMappings(folder({}))).toThrow(/holds no mapping/u);
    expect(() => readMappings('/none')).toThrow(/cannot be read/u);
  });
});

describe('the mappings that come with the bridge', () => {
  const byForm = new Map(shipped.map((mapping) => [mapping.form, mapping]));
  const items = (form: string) => byForm.get(form)?.fields.map((field) => field.item) ?? [];

  it('are one per form and entity', () => {
    expect(shipped.map(({ form, entity, key }) => `${form} ${entity} ${key}`)).toEqual([
      'ChucVu post recordCode',
      'ChuyenSinhHoat transfer recordCode',
      'DangVien member recordCode',
      'DeXuatThayDoi changeRequest recordCode',
      'DiemDanh attendance recordCode',
      'DuThaoSinhHoat meetingDraft recordCode',
      'HoSoDangVien memberFile recordCode',
      'HuyHieu badge recordCode',
      'KhenThuong reward recordCode',
      'KiemTraGiamSat inspection recordCode',
      'KyLuat discipline recordCode',
      'NhiemVu task taskCode',
      'NhiemVuDangVien assignment recordCode',
      'SinhHoat meeting meetingCode',
      'TinTuc news recordCode',
      'ToChucDang organisation organisationCode',
      'VanBan document recordCode',
      'XepLoai rating recordCode',
      'YKien opinion recordCode',
    ]);
  });

  it('show of a member nothing but the allow-list', () => {
    const allowed = [
      'MaBanGhi',
      'HoTen',
      'NgaySinh',
      'GioiTinh',
      'NgayKetNap',
      'NgayChinhThuc',
      'SoThe',
      'MaChiBo',
      'SoDinhDanh',
      'DienThoai',
    ];
    expect(items('DangVien')).toEqual([...allowed, 'LoaiDangVien', 'TrangThai']);
  });

  it('let only documents with one writer be written to Notes', () => {
    const pushed = shipped.flatMap((mapping) =>
      mapping.fields
        .filter((field) => field.direction !== 'pull')
        .map((field) => `${mapping.form}.${field.writer}`),
    );
    expect([...new Set(pushed)]).toEqual([
      'DeXuatThayDoi.handbook',
      'DiemDanh.handbook',
      'DuThaoSinhHoat.handbook',
      'NhiemVuDangVien.handbook',
      'SinhHoat.handbook',
      'YKien.handbook',
    ]);
  });

  it('deny discipline, inspection and full files by form', () => {
    const denied = shipped.filter(({ gate }) => gate.denied).map(({ form }) => form);
    expect(denied).toEqual(['HoSoDangVien', 'KiemTraGiamSat', 'KyLuat']);
  });

  it('all others ask for the open level and the release mark', () => {
    for (const { gate } of shipped.filter(({ gate: { denied } }) => !denied)) {
      expect(gate).toMatchObject({
        denied: false,
        classification: { item: 'DoMat', open: ['Thuong'] },
        release: { item: 'ChoPhepChuyen', marks: ['1'] },
      });
    }
    expect(byForm.get('NhiemVuDangVien')?.gate.parent).toEqual({ field: 'taskCode', entity: 'task' });
  });

  it.each([
    [
      'ToChucDang',
      'organisationCode',
      ['01.002.003.000.001', '01002003000001'],
      ['01.002.003', '1.002.003.000.001', '01.002.003.000.001 '],
    ],
    ['DangVien', 'citizenNumber', ['099000000001'], ['99000000001', '0990000000012']],
    ['DangVien', 'cardNumber', ['12345678', '099000000001'], ['123456789', '1234567']],
    ['DangVien', 'phone', ['0900000000', '+84900000000'], ['900000000', '+0900000000', '090 000 0000']],
  ])('know the codes of %s.%s', (form, name, good, bad) => {
    const pattern = new RegExp(
      byForm.get(form)?.fields.find((field) => field.field === name)?.check.pattern ?? 'none',
      'u',
    );
    for (const text of good) expect(text).toMatch(pattern);
    for (const text of bad) expect(text).not.toMatch(pattern);
  });
});
