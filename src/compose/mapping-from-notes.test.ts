import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMapping } from '../../config/read-mappings.ts';
import { NotesUser } from '../../connectors/domino/embedded/engine/notes-user.ts';
import { openRestDatabase } from '../../connectors/domino/rest/rest-database.ts';
import { schemaFor } from '../../connectors/domino/rest/schema-for.ts';
import { openEmbeddedRest, type RestSubject } from '../../connectors/domino/rest/testing/embedded-rest.ts';
import { mappingDraft } from '../operations/mapping-draft.ts';
import { mappingTest } from '../operations/mapping-test.ts';
import { openTestBridge, type TestBridge } from '../passes/testing/test-bridge.ts';
import { newTask } from '../passes/testing/sample-notes.ts';
import { noteSources } from './open-note-source.ts';
import { designOf } from './open-rest.ts';
import type { OpenedLink } from './open-links.ts';
import { readMappingText } from './read-mapping-text.ts';

const CORPUS = join(import.meta.dirname, '../../connectors/domino/dxl/corpus');
const MAPPINGS = join(import.meta.dirname, '../../config/mappings');
const item = (name: string, header: boolean) =>
  ({ name, value: 'text', list: false, names: false, long: false, header, written: false }) as const;
const gate = [item('DoMat', true), item('ChoPhepChuyen', true)];
const wide = {
  formName: 'Rong',
  formModes: [
    { modeName: 'default', fields: [{ name: 'ChuDe' }, { name: 'DoMat' }, { name: 'ChoPhepChuyen' }] },
  ],
};
const ofCourses = {
  form: 'LopHoc',
  creates: false,
  deletes: false,
  items: [...gate, item('ChuDe', false), item('MaLop', false)],
};
const made = schemaFor([ofCourses], { name: 'scratch' });
/** One form with a mode of the gate's items alone, one without. */
const SCHEMA = { ...made, forms: [...made.forms, wide] };
const CANARY = 'hoamihotchimkhuyen';
const GATE = { levelItem: 'DoMat', open: 'Thuong', markItem: 'ChoPhepChuyen', mark: '1' };

let bridge: TestBridge;
let rest: RestSubject;
let folder: string;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'] });
  rest = await openEmbeddedRest({ schema: SCHEMA as never });
  folder = mkdtempSync(join(tmpdir(), 'mapping-'));
});
afterAll(async () => {
  await bridge.close();
  await rest.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The link of the test bridge, and one over REST whose schema knows forms that nobody mapped. */
function opened(): readonly OpenedLink[] {
  const place = {
    serverName: 's',
    writeMs: 1,
    openBeside: () => Promise.reject(new Error('none')),
    probe: async () => ({}),
    close: async () => {},
  };
  return [
    { link: bridge.link, place: { ...place, database: bridge.link.database } },
    {
      link: { ...bridge.link, id: 'rest', database: rest.database },
      place: {
        ...place,
        database: rest.database,
        design: designOf(rest.database, (expected) =>
          openRestDatabase({ server: rest.server, scope: 'scratch', expected }),
        ),
      },
    },
  ];
}

const draft = (given: { readonly dxl?: string[]; readonly link?: string; readonly form?: string }) =>
  mappingDraft(bridge.bridge, noteSources(opened())).run({ most: 100, ...GATE, ...given }, bridge.context);
const tryOn = (given: {
  readonly dxl?: string[];
  readonly link?: string;
  readonly form?: string;
  readonly mapping?: string;
}) =>
  mappingTest(bridge.bridge, noteSources(opened()), (yaml) => readMappingText(MAPPINGS, yaml)).run(
    { first: 5, ...given },
    bridge.context,
  );

const dxl = (body: string) =>
  `<?xml version='1.0'?><database xmlns='http://www.lotus.com/dxl' version='9.0' replicaid='4725880000AA0009'>${body}</database>`;
const doc = (form: string, items: Readonly<Record<string, string>>) =>
  `<document form='${form}'>${Object.entries(items)
    .map(([name, value]) => `<item name='${name}'><text>${value}</text></item>`)
    .join('')}</document>`;

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a draft', () => {
  it('of each form of real exports is a mapping', async () => {
    const files = [
      'domino-cert-manager/dns-providers/acmedns/certstore_acmedns.dxl',
      'domino-cert-manager/lab/acme/lab_certstore.dxl',
      'domino-backup/backup-providers/s3/backup_aws-s3_windows.dxl',
      'domino-jnx/testJsonSerialization/dollarfonts.xml',
    ].map((path) => join(CORPUS, path));
    const { drafts } = await draft({ dxl: files });
    expect(drafts.length).toBeGreaterThan(3);
    for (const { form, yaml } of drafts) {
      const mapping = readMapping(MAPPINGS, { file: form, text: yaml });
      expect(mapping.form).toBe(form);
      expect(mapping.fields.length).toBeGreaterThan(0);
    }
    const provider = drafts.find(({ form }) => form === 'DnsProviderConfig');
    expect(provider?.yaml).toContain('item: Body, field: body, type: richText');
    expect(provider?.yaml).toContain('# left out: AdminAccess: says who may read or edit');
  });

  it('of files that cannot be read says which and why, and proposes nothing', async () => {
    const broken = file('broken.dxl', dxl(doc('A', { Ma: 'x' })).slice(0, -20));
    await expect(draft({ dxl: [broken] })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('broken.dxl: line 1'),
    });
  });

  it('[GA1] of a REST link reads released notes alone, and for the rest takes the schema’s word', async () => {
    const { domino, stored } = rest;
    const person = new NotesUser(stored, { name: 'CN=Nguoi/O=Mau', access: 'manager' });
    const released = { DoMat: 'Thuong', ChoPhepChuyen: '1' };
    const secret = [
      person.create({ Form: 'LopHoc', ...released, DoMat: 'Mat', ChuDe: CANARY, Rieng: CANARY }),
      person.create({ Form: 'Rong', ...released, ChuDe: CANARY }),
    ];
    person.create({ Form: 'LopHoc', ...released, MaLop: 'LOP-1', ChuDe: 'a' });
    person.create({ Form: 'LopHoc', ...released, MaLop: 'LOP-2', ChuDe: 'b' });
    domino.requests.clear();
    const { drafts } = await draft({ link: 'rest' });
    const [courses, other] = ['LopHoc', 'Rong'].map((form) => drafts.find((one) => one.form === form));
    expect(courses?.notes).toBe(2);
    expect(courses?.yaml).toContain('item: MaLop, field: maLop, type: text, check: { required: true }');
    expect(other?.notes).toBe(0);
    expect(other?.yaml).toContain('the schema’s word');
    expect(JSON.stringify(drafts)).not.toContain(CANARY);
    for (const unid of secret)
      expect([...domino.requests.itemsAskedOf(unid)].map((name) => name.toLowerCase())).not.toContain(
        'chude',
      );
  });

  it('of a link that shows no design is refused', async () => {
    await expect(draft({ link: 'thu' })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(draft({ link: 'none' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a mapping tried', () => {
  it('[GA1] on a link shows released notes side by side, and of the others why they stay', async () => {
    const shown = newTask(bridge.person(), 'NV-1', { TieuDe: 'Rà soát', SoTrang: 3, DoUuTien: 'Cao' });
    const hidden = newTask(bridge.person(), 'NV-2', { TieuDe: CANARY, ChoPhepChuyen: null });
    bridge.domino.requests.clear();
    const answer = await tryOn({ link: 'thu', form: 'NhiemVu' });
    const notes = new Map(answer.forms[0]?.notes.map((one) => [one.unid, one]));
    expect(notes.get(shown)?.rows).toContainEqual({
      item: 'TieuDe',
      notes: 'Rà soát',
      field: 'title',
      handbook: 'Rà soát',
    });
    expect(notes.get(shown)?.rows.find(({ item }) => item === 'HanHoanThanh')).toMatchObject({
      handbook: '2026-12-01T10:00:00.00Z',
    });
    expect(notes.get(hidden)).toEqual({ unid: hidden, verdict: 'unmarked: mark-missing', rows: [] });
    expect(JSON.stringify(answer)).not.toContain(CANARY);
    expect([...bridge.domino.requests.itemsAskedOf(hidden)]).not.toContain('tieude');
  });

  it('on files, with the operator’s own mapping, says what would be set aside', async () => {
    const released = { DoMat: 'Thuong', ChoPhepChuyen: '1' };
    const path = file(
      'lop.dxl',
      dxl(
        doc('LopHoc', { ...released, MaLop: 'LOP-0001', NgayMo: '31/02/2026' }) +
          doc('LopHoc', { ...released, MaLop: 'LOP-0002', NgayMo: '03/02/2026', DoMat: 'Mat' }) +
          doc('Khac', { ...released, A: 'b' }),
      ),
    );
    const yaml = [
      'form: LopHoc',
      'entity: course',
      'version: 1',
      'title: { vi: Lớp học, en: Course }',
      'key: courseCode',
      'gate:',
      '  classification: { item: DoMat, open: [Thuong] }',
      "  release: { item: ChoPhepChuyen, marks: ['1'] }",
      'fields:',
      '  - { item: MaLop, field: courseCode, type: text, check: { required: true } }',
      '  - { item: NgayMo, field: opensOn, type: date }',
    ].join('\n');
    const answer = await tryOn({ dxl: [path], mapping: yaml });
    expect(answer.unmapped).toEqual(['Khac']);
    expect(answer.forms[0]?.notes.map(({ verdict }) => verdict).sort()).toEqual([
      'classified: level-not-open',
      'released',
    ]);
    expect(answer.forms[0]?.notes.flatMap(({ rows }) => rows)).toEqual([
      { item: 'MaLop', notes: 'LOP-0001', field: 'courseCode', handbook: 'LOP-0001' },
      { item: 'NgayMo', notes: '31/02/2026', field: 'opensOn', problem: 'not-a-date' },
    ]);
    await expect(tryOn({ dxl: [path], mapping: 'form: LopHoc' })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});
