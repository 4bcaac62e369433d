import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMappings } from '../check-mapping.ts';
import { readMapping, readMappings } from '../read-mappings.ts';
import type { Mapping } from '../../src/sync/mapping.ts';
import { DOUBT, draftYaml } from './draft-yaml.ts';
import { newFormSurvey, type SurveyedItem, surveyDesign, surveyNote } from './form-survey.ts';
import { type GateWords, proposeMapping } from './propose-mapping.ts';

const GATE: GateWords = { levelItem: 'DoMat', open: 'Thuong', markItem: 'ChoPhepChuyen', mark: '1' };
const KNOWN = readMappings(join(import.meta.dirname, '../mappings'));

const text = (name: string, ...values: string[]): SurveyedItem => ({ ...plain(name), kind: 'text', values });
const plain = (name: string) => ({ name, list: false, names: false, access: false });
const marks = [text('DoMat', 'Thuong'), text('ChoPhepChuyen', '1')];

function draftOf(form: string, notes: readonly (readonly SurveyedItem[])[], known: readonly Mapping[] = []) {
  const survey = newFormSurvey(form);
  for (const items of notes) surveyNote(survey, items);
  const yaml = draftYaml(proposeMapping(survey, GATE, known));
  return { yaml, mapping: parsed(yaml) };
}

function parsed(yaml: string): Mapping {
  const folder = mkdtempSync(join(tmpdir(), 'draft-'));
  try {
    return readMapping(folder, { file: 'draft', text: yaml });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findingsOf(mapping: Mapping): readonly string[] {
  const found: string[] = [];
  checkMappings([mapping, ...KNOWN.filter(({ form }) => form !== mapping.form)], (severity, rule) =>
    found.push(`${severity} ${rule}`),
  );
  return found;
}

const typeOf = (mapping: Mapping, item: string) => mapping.fields.find((field) => field.item === item)?.type;

/** Lines right above the field of an item. */
function doubtsOf(yaml: string, item: string): string {
  const lines = yaml.split('\n');
  const at = lines.findIndex((line) => line.includes(`item: ${item},`));
  const first = lines.slice(0, at).findLastIndex((line) => !line.trimStart().startsWith(DOUBT));
  return lines.slice(first + 1, at).join('\n');
}

const courses = Array.from({ length: 30 }, (_, at): readonly SurveyedItem[] => [
  ...marks,
  text('MaLop', `LOP-${at}`),
  text('CapHoc', at % 2 === 0 ? 'Học tập nghị quyết' : 'Sơ cấp lý luận'),
  { ...plain('ThoiGian'), kind: 'datetime', values: ['2026-11-04T12:30:00.00Z'] },
  { ...plain('NgayMo'), kind: 'datetime', values: ['2026-11-04'] },
  text('NgayVao', at % 3 === 0 ? '1998' : '03/02/1998'),
  { ...plain('SoTiet'), kind: 'number', values: [at] },
  text('SoDinhDanh', `0990000000${String(at).padStart(2, '0')}`),
  text('TinhTrang', ['Mo', 'Dong', 'Huy'][at % 3] ?? ''),
  { ...text('GiangVien', 'CN=Tran Thi Giao/O=Mau'), names: true },
  { ...text('DocReaders', '[CanBo]'), access: true },
  text('MaChiBo', '01.001.001.000.001'),
  text('ThamKhao', 'a', 'b'),
  { ...plain('NoiDung'), kind: 'richText', values: [] },
  { ...plain('$FILE'), kind: 'attachments', values: [] },
  ...(at === 0 ? [text('Diem', '9')] : [{ ...plain('Diem'), kind: 'number' as const, values: [9] }]),
  text('GhiChu', ''),
]);

describe('a draft from real notes', () => {
  const { yaml, mapping } = draftOf('LopHoc', courses, KNOWN);

  it('passes the check as it stands, and so as well without its doubts', () => {
    expect(findingsOf(mapping)).toEqual([]);
    const settled = yaml.split('\n').filter((line) => !line.trimStart().startsWith(DOUBT));
    expect(parsed(settled.join('\n'))).toEqual(mapping);
  });

  it('tells types, the key and references', () => {
    expect(mapping).toMatchObject({ form: 'LopHoc', entity: 'lopHoc', key: 'maLop', creates: 'notes' });
    expect(Object.fromEntries(mapping.fields.map(({ item, type }) => [item, type]))).toEqual({
      MaLop: 'text',
      CapHoc: 'text',
      ThoiGian: 'instant',
      NgayMo: 'date',
      NgayVao: 'partialDate',
      SoTiet: 'number',
      SoDinhDanh: 'text',
      TinhTrang: 'text',
      GiangVien: 'names',
      MaChiBo: 'reference',
      ThamKhao: 'list',
      NoiDung: 'richText',
      $FILE: 'attachments',
      Diem: 'number',
    });
    expect(mapping.fields.every(({ direction }) => direction === 'pull')).toBe(true);
    expect(mapping.fields.find(({ item }) => item === 'MaLop')?.check).toEqual({ required: true });
    expect(mapping.fields.find(({ item }) => item === 'SoDinhDanh')?.check).toEqual({
      pattern: String.raw`^(\d{12})$`,
    });
  });

  it('marks what a person has to look at', () => {
    expect(doubtsOf(yaml, 'Diem')).toContain('number in 29, text in 1');
    expect(doubtsOf(yaml, 'TinhTrang')).toContain('3 values only');
    expect(doubtsOf(yaml, 'CapHoc')).toContain('two values only');
    expect(doubtsOf(yaml, 'ThamKhao')).toContain('set where the order means nothing');
    expect(doubtsOf(yaml, 'NgayVao')).toContain('day first');
    expect(doubtsOf(yaml, 'MaChiBo')).toContain('as in form');
    expect(yaml).toContain('# left out: DocReaders: says who may read');
    expect(yaml).toContain('# left out: GhiChu: empty in every note');
  });

  it('holds no value of any note', () => {
    for (const value of ['Học tập', 'LOP-', '099', 'Tran Thi Giao', 'Dong', '01.001', '1998'])
      expect(yaml).not.toContain(value);
  });

  it('says how many notes the gate would stop, and that none crosses where the site has other items', () => {
    const some = draftOf('A', [[...marks, text('Ma', 'a')], [text('Ma', 'b')]]);
    expect(some.yaml).toContain('1 of 2 notes have no DoMat');
    expect(draftOf('A', [[text('Ma', 'a')]]).yaml).toContain('nothing would cross');
  });

  it('says so where nothing tells the notes apart', () => {
    const { yaml: keyless } = draftOf('A', [[text('Ten', 'a')], [text('Ten', 'a')]]);
    expect(keyless).toContain('no item tells the notes apart');
  });

  it('takes the schema’s word for what no released note has', () => {
    const survey = newFormSurvey('A');
    surveyDesign(survey, [{ name: 'Ngay', kind: 'datetime', list: false, names: false, access: false }]);
    const draft = draftYaml(proposeMapping(survey, GATE, []));
    expect(typeOf(parsed(draft), 'Ngay')).toBe('instant');
    expect(doubtsOf(draft, 'Ngay')).toContain('the schema’s word');
  });
});

describe('a draft from any notes', () => {
  const itemName = fc.stringMatching(/^[$A-Za-z_][A-Za-z0-9_$]{0,20}$/u);
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('2026', '03/02/1998', '0', '1', "'", '# x'),
  );
  const item: fc.Arbitrary<SurveyedItem> = fc.oneof(
    fc.record({
      name: itemName,
      kind: fc.constant('text' as const),
      values: fc.array(value, { maxLength: 3 }),
      list: fc.boolean(),
      names: fc.boolean(),
      access: fc.boolean(),
    }),
    fc.record({
      name: itemName,
      kind: fc.constant('number' as const),
      values: fc.array(fc.integer(), { maxLength: 3 }),
      list: fc.boolean(),
      names: fc.constant(false),
      access: fc.constant(false),
    }),
    fc.record({
      name: itemName,
      kind: fc.constantFrom('richText' as const, 'attachments' as const, 'other' as const),
      values: fc.constant([]),
      list: fc.constant(false),
      names: fc.constant(false),
      access: fc.constant(false),
    }),
  );

  it('is a mapping of those items, each once, under the form’s own name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        fc.array(fc.array(item, { maxLength: 8 }), { minLength: 1, maxLength: 8 }),
        (form, notes) => {
          const named = notes.map((items) => [...items, text('MaSo', 'x')]);
          const { mapping } = draftOf(form, named, KNOWN);
          expect(mapping.form).toBe(form);
          const items = new Set(named.flat().map(({ name }) => name.toLowerCase()));
          const mapped = mapping.fields.map(({ item: name }) => name.toLowerCase());
          expect(mapped.every((name) => items.has(name))).toBe(true);
          expect(new Set(mapped).size).toBe(mapped.length);
          expect(new Set(mapping.fields.map(({ field }) => field)).size).toBe(mapped.length);
          const allowed = ['error key-unknown', 'error key-type', 'error key-required'];
          expect(findingsOf(mapping).filter((finding) => !allowed.includes(finding))).toEqual([]);
        },
      ),
    );
  });
});
