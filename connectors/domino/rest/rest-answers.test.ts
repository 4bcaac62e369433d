import { afterEach, describe, expect, it } from 'vitest';
import { note, text } from '../contract/contract-case.ts';
import { readNote, valuesOf } from '../contract/reading.ts';
import scratchSchema from './scratch-schema.json' with { type: 'json' };
import { openEmbeddedRest, type RestSubject, type RestSubjectOptions } from './testing/embedded-rest.ts';

let subject: RestSubject;
const open = async (options?: RestSubjectOptions): Promise<RestSubject> => {
  subject = await openEmbeddedRest(options);
  return subject;
};
afterEach(async () => subject.close());

type Fields = readonly { readonly name: string }[];

/** The scratch schema with some fields of mode default declared otherwise. */
function schemaWith(changes: Readonly<Record<string, object | null>>) {
  const changed = (fields: Fields) =>
    fields.flatMap((field) => {
      const change = changes[field.name];
      return change === null ? [] : [{ ...field, ...change }];
    });
  return {
    ...scratchSchema,
    forms: scratchSchema.forms.map((form) => ({
      ...form,
      formModes: form.formModes.map((mode) => ({ ...mode, fields: changed(mode.fields) })),
    })),
  } as never;
}

describe('writes', () => {
  it('that the schema would drop are refused before they are sent, naming the field and the change to make', async () => {
    const { database, stored } = await open({ schema: schemaWith({ Extra: null }) });
    const { unid } = await database.createNote(note({ Title: text('old') }));
    const sequence = stored.read(unid)?.sequence;
    await expect(
      database.replaceItems(unid, { Title: text('new'), Extra: text('x') }, null),
    ).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringMatching(/dropped field: .*"Extra" of form "BridgeContract".*fieldAccess RW/),
    });
    expect(stored.read(unid)?.sequence).toBe(sequence);
  });

  it.each<[string, object, Parameters<RestSubject['database']['replaceItems']>[1], RegExp]>([
    [
      'a list in a single field',
      { type: 'string', format: 'string' },
      { Untouched: text(['a', 'b']) },
      /declare it type array/,
    ],
    [
      'a number in a text field',
      { type: 'string', format: 'string' },
      { Count: { type: 'number', values: [1] } },
      /declared text/,
    ],
    [
      'cents in a float',
      { type: 'number', format: 'float' },
      { Count: { type: 'number', values: [3209185.63] } },
      /format double/,
    ],
    [
      'a fraction in an integer',
      { type: 'integer', format: 'int32' },
      { Count: { type: 'number', values: [0.5] } },
      /format double/,
    ],
    [
      'readers in a plain field',
      { type: 'string', format: 'string' },
      { DocReaders: text(['*'], { names: true, readers: true }) },
      /format readers/,
    ],
  ])('of %s are refused, and the note stays as it is', async (_what, declaration, change, reason) => {
    const [name = ''] = Object.keys(change);
    const { database, stored } = await open({
      schema: schemaWith({ [name]: { items: undefined, ...declaration } }),
    });
    const { unid } = await database.createNote(note({ Title: text('old') }));
    const before = stored.read(unid);
    await expect(database.replaceItems(unid, change, null)).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringMatching(reason),
    });
    expect(stored.read(unid)).toEqual(before);
  });

  it('leave rich text and attachments of the note exactly as they were', async () => {
    const { database, stored, person } = await open();
    const unid = await person.createNote(note({ Title: text('old') }));
    await person.writeRichText?.(unid, 'Body', Buffer.from('Nội dung'));
    await person.attachFile?.(unid, 'a.pdf', Buffer.from([1, 2, 3]));
    const rest = () => stored.read(unid)?.items.filter(({ name }) => name === 'Body' || name === '$FILE');
    const before = rest();
    await database.replaceItems(unid, { Title: text('new') }, null);
    expect(rest()).toEqual(before);
  });

  it('are off while the schema does not require the revision, until that is mended or accepted', async () => {
    const schema = { ...scratchSchema, requireRevisionToUpdate: false } as never;
    const { database, stored, person } = await open({ schema });
    const unid = await person.createNote(note({ Title: text('old') }));
    await expect(database.replaceItems(unid, { Title: text('new') }, null)).rejects.toMatchObject({
      code: 'not-authorized',
      message: expect.stringContaining('"requireRevisionToUpdate": true'),
    });
    await expect(database.createNote(note())).rejects.toMatchObject({ code: 'not-authorized' });
    await expect(database.deleteNote(unid, null)).rejects.toMatchObject({ code: 'not-authorized' });
    expect(stored.count()).toBe(1);
    expect(database.capabilities.conditionalWrite).toBe(false);
    await subject.close();
    const accepted = await open({ schema, database: { acceptLoss: ['revision'] } });
    const other = await accepted.person.createNote(note({ Title: text('old') }));
    await expect(accepted.database.replaceItems(other, { Title: text('new') }, null)).resolves.toEqual({
      kind: 'written',
    });
  });

  it('whose answer is lost are unknown, never repeated, and can be looked for', async () => {
    const { database, stored, faults } = await open();
    const { unid } = await database.createNote(note({ Title: text('old') }));
    faults.add({ kind: 'lost-after', when: { method: 'patchDocument', times: 1 } });
    await expect(database.replaceItems(unid, { Title: text('new') }, null)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    expect(stored.read(unid)?.sequence).toBe(2);
    faults.add({ kind: 'lost-after', when: { method: 'createDocument', times: 1 } });
    await expect(database.createNote(note({ HandbookId: text('once') }))).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
    expect(await database.findByItem('BridgeContract', 'HandbookId', 'once')).toHaveLength(1);
  });
});

describe('reads', () => {
  it('are repeated after a reset, a 503 and a list that breaks off; a write is not', async () => {
    const { database, person, faults } = await open();
    const unid = await person.createNote(note({ Title: text('there') }));
    await database.identify();
    for (const kind of ['lost-before', 'busy'] as const) {
      faults.add({ kind, when: { method: 'bulkGetDocumentsByUnid', times: 2 } });
      expect(valuesOf(await readNote(database, unid, ['Title']), 'Title')).toEqual(['there']);
    }
    faults.add({ kind: 'stream-loss', afterChunks: 1, when: { method: 'bulkGetDocumentsByUnid', times: 1 } });
    expect(valuesOf(await readNote(database, unid, ['Title']), 'Title')).toEqual(['there']);
    faults.add({ kind: 'busy', when: { method: 'patchDocument', times: 1 } });
    await expect(database.replaceItems(unid, { Title: text('x') }, null)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
  });

  it('never take a note whose form has lost its mode for a missing one', async () => {
    const expected = [
      { form: 'BridgeContract', items: [], creates: false, deletes: false },
      { form: 'BridgeContractOther', items: [], creates: false, deletes: false },
    ];
    const { forms } = scratchSchema;
    const schema = {
      ...scratchSchema,
      forms: forms.map((form, at) => ({
        ...form,
        formModes: [{ ...form.formModes[0], modeName: `only${at}` }],
      })),
    } as never;
    const { database, person } = await open({ schema, database: { expected } });
    const unid = await person.createNote(note());
    await expect(database.readNotes([unid], [])).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('no mode of one name'),
    });
  });

  it('of an item that the schema does not show fail, instead of reading it as empty', async () => {
    const item = {
      name: 'Secret',
      value: 'text',
      list: false,
      names: false,
      long: false,
      header: false,
      written: false,
    } as const;
    const expected = [{ form: 'BridgeContract', items: [item], creates: false, deletes: false }];
    const { database, person } = await open({ database: { expected } });
    const unid = await person.createNote(note({ Secret: text('there') }));
    expect(await database.readNotes([unid], ['Secret'])).toMatchObject([
      { kind: 'failed', unid, code: 'schema' },
    ]);
    expect((await database.probe()).findings).toContainEqual(
      expect.objectContaining({
        id: 'BridgeContract.Secret:hidden',
        severity: 'refused',
        change: expect.stringContaining('"Secret" as type string'),
      }),
    );
  });
});
