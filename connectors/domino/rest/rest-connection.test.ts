import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { note, text } from '../contract/contract-case.ts';
import { bytesOf, readNote, valuesOf } from '../contract/reading.ts';
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
    const bytes = new Uint8Array(200_000).fill(7);
    const upload = {
      name: 'tệp (1).bin',
      size: bytes.byteLength,
      open: async function* () {
        yield bytes;
      },
    };
    expect(await database.attachFile(unid, upload)).toEqual({ kind: 'written', name: upload.name });
    for await (const file of database.readAttachments(unid)) {
      expect(file.name).toBe(upload.name);
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
