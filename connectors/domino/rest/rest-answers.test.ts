import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { note, text } from '../contract/contract-case.ts';
import { bytesOf, readNote, valuesOf } from '../contract/reading.ts';
import scratchSchema from './scratch-schema.json' with { type: 'json' };
import {
  byPassword,
  openEmbeddedRest,
  type RestSubject,
  type RestSubjectOptions,
} from './testing/embedded-rest.ts';
import { openUndiciTransport } from './undici-transport.ts';

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

describe('attachments', () => {
  it('are uploaded, get another name where it is taken, and come back whole', async () => {
    const { database } = await open();
    const { unid } = await database.createNote(note());
    const names = [
      await database.attachFile(unid, 'Quyết định số 1/2.pdf', Buffer.from('one')),
      await database.attachFile(unid, 'Quyết định số 1/2.pdf', Buffer.from('two')),
    ];
    expect(new Set(names).size).toBe(2);
    const read = new Map<string, string>();
    for await (const file of database.readAttachments(unid))
      read.set(file.name, Buffer.from(await bytesOf(file.content)).toString());
    expect(read).toEqual(
      new Map([
        [names[0], 'one'],
        [names[1], 'two'],
      ]),
    );
  });

  it('that are too large are rejected, once and for all', async () => {
    const { database } = await open({ face: { bodyLimit: 4096 } });
    const { unid } = await database.createNote(note());
    await expect(database.attachFile(unid, 'big.bin', new Uint8Array(10_000))).rejects.toMatchObject({
      code: 'rejected',
    });
  });

  it('that break off are an error, not a shorter file', async () => {
    const { database, person, faults } = await open();
    const unid = await person.createNote(note());
    await person.attachFile?.(unid, 'a.bin', new Uint8Array(300_000));
    faults.add({ kind: 'stream-loss', afterChunks: 2, when: { method: 'getDocumentAttachment', times: 1 } });
    await expect(async () => {
      for await (const file of database.readAttachments(unid)) await bytesOf(file.content);
    }).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('deletion stubs', () => {
  const openWithAgent = (print: (since: string) => string) =>
    open({
      schema: { agents: [{ name: 'bridgeChanges' }] },
      face: { agents: { bridgeChanges: ({ payload }) => print((payload as { since: string }).since) } },
      database: { deletionAgent: 'bridgeChanges' },
    });

  it('come from the agent that the link names, since the time it is asked for', async () => {
    const unid = 'D2E9CF578D0B3844482588140043410F';
    const { database } = await openWithAgent((since) =>
      JSON.stringify({
        until: '2026-01-15T08:00:00Z',
        deleted: [{ unid: unid.toLowerCase(), deletedAt: since }],
      }),
    );
    expect(database.capabilities.deletionStubs).toBe(true);
    expect(await database.readDeletionStubs?.('2026-01-02T03:04:05Z')).toEqual([
      { unid, deletedAt: '2026-01-02T03:04:05.00Z' },
    ]);
  });

  it.each(['done', '{"error":"line 3"}', '{"deleted":[{"unid":"x","deletedAt":"2026-01-01T00:00:00Z"}]}'])(
    'are not taken from an agent that prints %s',
    async (printed) => {
      const { database } = await openWithAgent(() => printed);
      await expect(database.readDeletionStubs?.(null)).rejects.toMatchObject({ code: 'protocol' });
    },
  );
});

describe('signing in', () => {
  it('happens again, once, when the server was restarted and its key is another', async () => {
    const { database, face, person } = await open();
    const unid = await person.createNote(note({ Title: text('there') }));
    await database.identify();
    face.restart();
    const readings = await Promise.all(Array.from({ length: 4 }, () => readNote(database, unid, ['Title'])));
    expect(readings.map((one) => valuesOf(one, 'Title')[0])).toEqual(['there', 'there', 'there', 'there']);
  });

  it('with a wrong password is tried once, so that the account is not locked', async () => {
    const { database, face } = await open({ signIn: byPassword('wrong') });
    for (let call = 0; call < 12; call += 1)
      await expect(database.readNotes([], [])).rejects.toMatchObject({ code: 'not-authorized' });
    const answer = await face.app.inject({
      method: 'POST',
      url: '/api/v1/auth',
      payload: { username: 'CN=Bridge/O=Party', password: 'not-a-secret' },
    });
    expect(answer.statusCode).toBe(200);
  });

  it('works by a refresh token of the server’s own provider, and says when that is refused', async () => {
    const signIn = (token: string) => ({
      kind: 'oauth-refresh' as const,
      clientId: 'bridge',
      clientSecret: () => 'client-secret',
      refreshToken: () => token,
      keepRefreshToken: () => {},
    });
    const applications = [
      {
        clientId: 'bridge',
        clientSecret: 'client-secret',
        scope: '$DATA',
        refreshTokens: { good: 'CN=Bridge/O=Party' },
      },
    ];
    const { database } = await open({ signIn: signIn('good'), face: { applications } });
    await expect(database.identify()).resolves.toMatchObject({ filePath: 'party/scratch.nsf' });
    await subject.close();
    const other = await open({ signIn: signIn('bad'), face: { applications } });
    await expect(other.database.identify()).rejects.toMatchObject({ code: 'not-authorized' });
  });
});

describe('over a socket', () => {
  it('the same requests get the same answers, and a server that is gone is unreachable', async () => {
    const { database, person, face } = await open({
      transport: async ({ app }) => {
        const address = await app.listen({ host: '127.0.0.1', port: 0 });
        const transport = openUndiciTransport({ connections: 4, connectMs: 1000, idleMs: 2000 });
        return { transport, baseUrl: new URL(address) };
      },
      limits: { readRetries: 1 },
    });
    const { unid } = await database.createNote(note({ Title: text('Đảng viên') }));
    const { token } = await readNote(database, unid);
    await person.editNote(unid, { Theirs: text('2') });
    await expect(database.replaceItems(unid, { Title: text('x') }, token)).resolves.toEqual({
      kind: 'stale',
    });
    const name = await database.attachFile(unid, 'tệp (1).bin', new Uint8Array(200_000).fill(7));
    for await (const file of database.readAttachments(unid)) {
      expect(file.name).toBe(name);
      expect((await bytesOf(file.content)).every((byte) => byte === 7)).toBe(true);
    }
    await face.app.close();
    await expect(database.readNotes([unid], [])).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('a server that never answers ends with the call’s own time', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const { database } = await open({
      transport: async () => ({
        transport: openUndiciTransport({ connections: 1, connectMs: 500, idleMs: 60_000 }),
        baseUrl: new URL(`http://127.0.0.1:${port}`),
      }),
    });
    await expect(database.readNotes([], [], { timeoutMs: 100 })).rejects.toMatchObject({ code: 'busy' });
    silent.close();
  });
});
