import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMappings } from '../../config/read-mappings.ts';
import { entitySchemas } from '../compose/entity-schemas.ts';
import type { StoredNote } from '../../connectors/domino/embedded/stored-note.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { Fields } from '../sync/values.ts';
import { BORN_EXAMPLES } from './testing/born-examples.ts';
import type { EntityExample } from './testing/entity-example.ts';
import { MEMBER_EXAMPLES } from './testing/member-examples.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { notesWith } from './testing/views.ts';
import { WORK_EXAMPLES } from './testing/work-examples.ts';

const MAPPINGS = readMappings(join(import.meta.dirname, '../../config/mappings'));
const DENIED = MAPPINGS.filter((mapping) => mapping.gate.denied);
const FROM_NOTES = [...MEMBER_EXAMPLES, ...WORK_EXAMPLES];
const RELEASED = { DoMat: 'Thuong', ChoPhepChuyen: '1' };
/** Items that no mapping names, of every kind; no sync may change a byte of them. */
/* What is asked for before the verdict ([GA1]). */
const GATE_ITEMS = ['$conflict', 'chophepchuyen', 'domat', 'form', 'handbookid', 'manhiemvu', 'masinhhoat'];
const UNMAPPED = { GhiChuNoiBo: 'của riêng Notes', SoTrang: 7, DanhSach: ['a', 'b'] };

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: MAPPINGS.map((mapping) => mapping.form) });
});
afterAll(() => bridge.close());

const mappingOf = (form: string): Mapping => {
  const mapping = MAPPINGS.find((one) => one.form === form);
  if (!mapping) throw new Error(`no mapping for ${form}`);
  return mapping;
};

async function quiet(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
}

function stored(unid: string): StoredNote {
  const note = bridge.file.read(unid);
  if (!note) throw new Error(`no note ${unid}`);
  return note;
}

const itemsOf = (unid: string, names: readonly string[]) =>
  stored(unid).items.filter((item) => names.includes(item.name));
const valuesOf = (unid: string, name: string): unknown => {
  const [item] = itemsOf(unid, [name]);
  return item && 'values' in item.value ? item.value.values : undefined;
};

function create(example: EntityExample): string {
  return bridge.person().create({ Form: example.form, ...RELEASED, ...UNMAPPED, ...example.items });
}

function keyOf(example: EntityExample, fields: Fields): string {
  const key = fields[mappingOf(example.form).key];
  if (typeof key !== 'string') throw new Error(`no key in the example of ${example.form}`);
  return key;
}
const BLOBS = ['richText', 'attachments'];

async function push(example: EntityExample, key: string): Promise<void> {
  const { entity } = mappingOf(example.form);
  const record = await bridge.record(entity, key);
  const fields = Object.fromEntries(
    Object.entries(example.pushed ?? {}).map(([field, [value]]) => [field, value]),
  );
  const result = await bridge.mutate(record?.recordId ?? '', entity, record?.version ?? 0, fields);
  expect(result).toMatchObject({ kind: 'applied' });
}

describe('every entity', () => {
  it('has an example of each item of its form', () => {
    const examples = [...FROM_NOTES, ...BORN_EXAMPLES];
    expect(examples.map(({ form }) => form).sort()).toEqual(
      MAPPINGS.filter((mapping) => !mapping.gate.denied)
        .map(({ form }) => form)
        .sort(),
    );
    for (const { form, items, pushed } of examples) {
      const named = new Set([...Object.keys(items), ...Object.values(pushed ?? {}).map(([, item]) => item)]);
      expect(
        mappingOf(form)
          .fields.map(({ item }) => item)
          .filter((item) => !named.has(item)),
        form,
      ).toEqual([]);
    }
  });

  it('travels from Notes to the handbook, item by item', async () => {
    for (const example of FROM_NOTES) create(example);
    await quiet();
    for (const example of FROM_NOTES) {
      const { entity, fields } = mappingOf(example.form);
      const record = await bridge.record(entity, keyOf(example, example.fields));
      expect(record?.fields, example.form).toMatchObject(example.fields);
      for (const { field } of fields.filter(({ type }) => BLOBS.includes(type)))
        expect([record?.fields[field]].flat(), `${example.form}.${field}`).toEqual([
          expect.objectContaining({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) }),
        ]);
    }
    expect(await bridge.verify()).toMatchObject({ differences: [] });
  });

  it.each(FROM_NOTES.filter(({ pushed }) => pushed))(
    'travels back to the items that the handbook writes, and to no other: $form',
    async (example) => {
      const { key, fields } = mappingOf(example.form);
      const code = keyOf(example, example.fields);
      const keyItem = fields.find(({ field }) => field === key)?.item ?? '';
      const [unid = ''] = notesWith(bridge, example.form, keyItem, code);
      const written = Object.values(example.pushed ?? {}).map(([, item]) => item);
      const others = stored(unid)
        .items.map((item) => item.name)
        .filter((name) => !written.includes(name) && name !== '$UpdatedBy' && name !== '$Revisions');
      const before = itemsOf(unid, others);
      await push(example, code);
      await quiet();
      for (const [, item, shown] of Object.values(example.pushed ?? {}))
        expect(valuesOf(unid, item), item).toEqual(shown);
      expect(itemsOf(unid, others)).toEqual(before);
      expect(await bridge.verify()).toMatchObject({ differences: [] });
    },
  );

  it.each(BORN_EXAMPLES)(
    'born in the handbook becomes a note, and its answer comes back: $form',
    async (example) => {
      const { entity, key, fields } = mappingOf(example.form);
      const born = Object.fromEntries(
        Object.entries(example.pushed ?? {}).map(([field, [value]]) => [field, value]),
      );
      const result = await bridge.members.mutate({
        clientId: 'phone',
        mutationId: randomUUID(),
        accountId: 'tester',
        kind: 'create',
        entity,
        recordId: randomUUID(),
        baseVersion: 0,
        fields: born,
      });
      expect(result).toMatchObject({ kind: 'applied' });
      await quiet();
      const code = keyOf(example, born);
      const keyItem = fields.find(({ field }) => field === key)?.item ?? '';
      const [unid = '', ...others] = notesWith(bridge, example.form, keyItem, code);
      expect(others).toEqual([]);
      for (const [, item, shown] of Object.values(example.pushed ?? {}))
        expect(valuesOf(unid, item), item).toMatchObject(shown as object);

      bridge.person('CN=Can bo Mau/O=Mau').edit(unid, example.items);
      await quiet();
      expect((await bridge.record(entity, code))?.fields).not.toMatchObject(example.fields);
      bridge.person('CN=Can bo Mau/O=Mau').edit(unid, RELEASED);
      await quiet();
      expect((await bridge.record(entity, code))?.fields).toMatchObject({ ...born, ...example.fields });
      expect(await bridge.verify()).toMatchObject({ differences: [] });
    },
  );
});

describe('a denied form', () => {
  it.each(DENIED.map(({ form }) => form))(
    '[GA2] never crosses, whoever marks it as open and released: %s',
    async (form) => {
      const canary = `tuyetdoikhong${form.toLowerCase()}`;
      const unid = bridge
        .person()
        .create({ Form: form, ...RELEASED, MaBanGhi: `${form}-00000001`, TieuDe: canary, NoiDung: canary });
      bridge.domino.requests.clear();
      await quiet();
      expect([...bridge.domino.requests.itemsAskedOf(unid)].sort()).toEqual(GATE_ITEMS);
      const [pair] = await bridge.store.pairsByUnid(bridge.link.replicaSet, [unid]);
      expect(pair).toMatchObject({ status: 'withheld' });
      expect(await bridge.dump()).not.toContain(canary);
      expect(await bridge.dump()).not.toContain(`${form}-00000001`);
      expect(bridge.logged.join('\n')).not.toContain(canary);
    },
  );

  it('is unknown to the handbook', () => {
    const known = entitySchemas(MAPPINGS).map(({ entity }) => entity);
    expect(known).toHaveLength(MAPPINGS.length - DENIED.length);
    for (const { entity } of DENIED) expect(known).not.toContain(entity);
  });
});
