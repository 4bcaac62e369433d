import { afterEach, describe, expect, it } from 'vitest';
import { CONTRACT_FORM, note, text } from '../contract/contract-case.ts';
import { bytesOf, readNote, valuesOf } from '../contract/reading.ts';
import { type EmbeddedOptions, type EmbeddedSubject, openEmbedded } from './testing/embedded-proton.ts';

let subject: EmbeddedSubject;
const open = async (options?: EmbeddedOptions): Promise<EmbeddedSubject> => {
  subject = await openEmbedded(options);
  return subject;
};
afterEach(async () => subject.close());

/** Long enough for an answer of the embedded Domino, short enough to wait for. */
const HASTY = { timeoutMs: 300 };

describe('an answer that is lost', () => {
  it.each([
    ['lost-before', false, 0],
    ['lost-before', true, 0],
    ['lost-after', false, 1],
    ['lost-after', true, 1],
  ] as const)(
    '%s (silent: %s) of a creation is unknown; looking finds %i notes',
    async (kind, silent, found) => {
      const { database, faults } = await open();
      await database.probe();
      faults.add({ kind, silent, when: { method: 'createDocument', nth: 1 } });
      const made = database.createNote(note({ HandbookId: text('h-1') }), HASTY);
      await expect(made).rejects.toMatchObject({ code: 'outcome-unknown' });
      await expect(database.findByItem(CONTRACT_FORM, 'HandbookId', 'h-1')).resolves.toHaveLength(found);
    },
  );

  it.each(['document.replaceItems', 'bulkReplaceItems'])(
    'of a write by %s is unknown, and is not sent twice',
    async (method) => {
      const { database, faults, person, stored } = await open();
      const unid = await person.createNote(note({ Title: text('old') }));
      const { token } = await readNote(database, unid);
      faults.add({ kind: 'lost-after', when: { method } });
      const expected = method === 'bulkReplaceItems' ? token : null;
      const before = stored.read(unid)?.sequence ?? 0;
      await expect(database.replaceItems(unid, { Title: text('new') }, expected)).rejects.toMatchObject({
        code: 'outcome-unknown',
      });
      expect(stored.read(unid)?.sequence).toBe(before + 1);
    },
  );

  it('of the second half of a write says that the first half happened', async () => {
    const { database, faults, person } = await open();
    const unid = await person.createNote(note({ Title: text('old'), Gone: text('x') }));
    faults.add({ kind: 'busy', when: { method: 'document.deleteItems' } });
    const write = database.replaceItems(unid, { Title: text('new'), Gone: null }, null);
    await expect(write).rejects.toMatchObject({
      code: 'outcome-unknown',
      message: expect.stringContaining('items were set') as string,
    });
    const reading = await readNote(database, unid, ['Title', 'Gone']);
    expect([valuesOf(reading, 'Title'), valuesOf(reading, 'Gone')]).toEqual([['new'], ['x']]);
  });

  it('of a read is busy when it never comes, and asked for again when the connection broke', async () => {
    const { database, faults, person } = await open();
    const unid = await person.createNote(note());
    await database.probe();
    const method = 'bulkReadDocumentsByUnid';
    const remove = faults.add({ kind: 'lost-before', silent: true, when: { method } });
    await expect(database.readNotes([unid], [], HASTY)).rejects.toMatchObject({ code: 'busy' });
    remove();
    faults.add({ kind: 'lost-after', when: { method, nth: 1, times: 2 } });
    await expect(database.readNotes([unid], [])).resolves.toMatchObject([{ kind: 'note', unid }]);
  });
});

describe('a server that cannot', () => {
  it('busy: a read tries again, a write says so and nothing is written', async () => {
    const { database, faults, stored } = await open();
    await database.probe();
    faults.add({ kind: 'busy', when: { method: 'bulkReadDocuments', nth: 1, times: 2 } });
    await expect(database.countNotes([CONTRACT_FORM])).resolves.toBe(0);
    faults.add({ kind: 'busy', when: { method: 'createDocument' } });
    await expect(database.createNote(note())).rejects.toMatchObject({ code: 'busy' });
    expect(stored.count()).toBe(0);
  });

  it('down: unreachable for reads and writes alike, since nothing was sent; then left alone; then back', async () => {
    const { database, faults, stored } = await open({
      limits: { breakAfter: 4, firstPauseMs: 50, readRetries: 0 },
    });
    const up = faults.add({ kind: 'down', when: {} });
    await expect(database.identify()).rejects.toMatchObject({ code: 'unreachable' });
    await expect(database.createNote(note())).rejects.toMatchObject({ code: 'unreachable' });
    for (let call = 0; call < 3; call += 1) await database.identify().catch(() => {});
    await expect(database.identify()).rejects.toThrow(
      /embedded:3002 stopped answering; it is tried again at \d{4}-/,
    );
    up();
    await expect
      .poll(async () => database.identify().catch(() => null), { interval: 10, timeout: 30_000 })
      .not.toBeNull();
    await database.createNote(note());
    expect(stored.count()).toBe(1);
  });
});

describe('a stream that breaks off', () => {
  it.each([0, 1, 2])('after %i chunks is unreachable, never short', async (afterChunks) => {
    const { database, faults, person } = await open();
    const unid = await person.createNote(note());
    const bytes = new Uint8Array(150_000).fill(7);
    await person.attachFile?.(unid, 'a.bin', bytes);
    await person.writeRichText?.(unid, 'Body', bytes);
    faults.add({ kind: 'stream-loss', when: {}, afterChunks });
    const readFiles = async () => {
      for await (const file of database.readAttachments(unid)) await bytesOf(file.content);
    };
    await expect(readFiles()).rejects.toMatchObject({ code: 'unreachable' });
    await expect(bytesOf(database.readRichText(unid, 'Body'))).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('of a note that is gone is busy, never empty', async () => {
    const { database, person } = await open();
    const unid = await person.createNote(note());
    await person.writeRichText?.(unid, 'Body', Uint8Array.of(1, 2));
    await person.deleteNote(unid);
    await expect(bytesOf(database.readRichText(unid, 'Body'))).rejects.toMatchObject({ code: 'busy' });
    const readFiles = async () => {
      for await (const file of database.readAttachments(unid)) await bytesOf(file.content);
    };
    await expect(readFiles()).rejects.toMatchObject({ code: 'busy' });
  });
});
