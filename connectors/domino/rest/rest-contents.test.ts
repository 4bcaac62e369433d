import { afterEach, describe, expect, it } from 'vitest';
import { note } from '../contract/contract-case.ts';
import { bytesOf } from '../contract/reading.ts';
import { openEmbeddedRest, type RestSubject, type RestSubjectOptions } from './testing/embedded-rest.ts';

let subject: RestSubject;
const open = async (options?: RestSubjectOptions): Promise<RestSubject> => {
  subject = await openEmbeddedRest(options);
  return subject;
};
afterEach(async () => subject.close());

async function attached(
  database: RestSubject['database'],
  unid: string,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const size = bytes.byteLength;
  const outcome = await database.attachFile(unid, {
    name,
    size,
    open: async function* () {
      yield bytes;
    },
  });
  if (outcome.kind === 'missing') throw new Error('there is no such note');
  return outcome.name;
}

describe('attachments', () => {
  it('are uploaded, get another name where it is taken, and come back whole', async () => {
    const { database } = await open();
    const { unid } = await database.createNote(note());
    const names = [
      await attached(database, unid, 'Quyết định số 1/2.pdf', Buffer.from('one')),
      await attached(database, unid, 'Quyết định số 1/2.pdf', Buffer.from('two')),
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
    await expect(attached(database, unid, 'big.bin', new Uint8Array(10_000))).rejects.toMatchObject({
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
