import assert from 'node:assert/strict';
import type { Unid } from '../../../../src/sync/note.ts';
import type { AttachmentUpload, NotesDatabase } from '../../port.ts';
import { type ContractCase, type ContractSubject, note, text } from '../contract-case.ts';
import { bytesOf, readNote } from '../reading.ts';

/** Every byte value, no period that matches a chunk size. */
const pattern = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8)) & 0xff);

const lacksAttachments = ({ database, person }: ContractSubject): string | null =>
  !database.capabilities.attachments
    ? 'attachments cannot be read here'
    : person.attachFile === null
      ? 'nobody here can attach a file'
      : null;

const lacksAttaching = ({ database }: ContractSubject): string | null =>
  database.capabilities.attachmentWrites && database.capabilities.attachments
    ? null
    : 'attachments cannot be written here';

const uploadOf = (name: string, bytes: Uint8Array): AttachmentUpload => ({
  name,
  size: bytes.byteLength,
  async *open() {
    yield bytes;
  },
});

async function filesOf(database: NotesDatabase, unid: Unid): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const file of database.readAttachments(unid))
    files.set(file.name, Uint8Array.from(await bytesOf(file.content)));
  return files;
}

const lacksRichText = ({ database, person }: ContractSubject): string | null =>
  !database.capabilities.richText
    ? 'rich text cannot be read here'
    : person.writeRichText === null
      ? 'nobody here can write rich text'
      : null;

export const contentCases: readonly ContractCase[] = [
  {
    name: 'attachments come byte by byte, with their names and sizes, empty ones too',
    lacks: lacksAttachments,
    run: async (scene) => {
      const files = new Map([
        ['Quyết định số 12.pdf', pattern(300_001)],
        ['empty.txt', new Uint8Array(0)],
        ["o'hara (1).docx", pattern(17)],
      ]);
      const unid = await scene.createAsPerson(note());
      for (const [name, bytes] of files) await scene.person.attachFile?.(unid, name, bytes);
      const read = new Map<string, Uint8Array>();
      for await (const file of scene.database.readAttachments(unid)) {
        const bytes = await bytesOf(file.content);
        assert.equal(file.size, bytes.byteLength, file.name);
        read.set(file.name, bytes);
      }
      assert.deepEqual([...read.keys()].sort(), [...files.keys()].sort());
      for (const [name, bytes] of files)
        assert.ok(Buffer.from(bytes).equals(read.get(name) ?? Buffer.of()), name);
    },
  },
  {
    name: 'attachment summaries name every file and its size, and only when asked for',
    lacks: lacksAttachments,
    run: async (scene) => {
      const unid = await scene.createAsPerson(note());
      await scene.person.attachFile?.(unid, 'a.bin', pattern(1000));
      const [reading] = await scene.database.readNotes([unid], [], { attachmentSummaries: true });
      assert.equal(reading?.kind, 'note');
      const summaries = reading?.kind === 'note' ? (reading.attachments ?? []) : [];
      assert.deepEqual(
        summaries.map(({ name, size }) => ({ name, size })),
        [{ name: 'a.bin', size: 1000 }],
      );
      assert.equal((await readNote(scene.database, unid)).attachments, undefined);
    },
  },
  {
    name: 'attached files come back byte by byte beside what was there, a removed one does not',
    lacks: lacksAttaching,
    run: async ({ createAsPerson, database, person }) => {
      const files = new Map([
        ['Báo cáo tháng 11 (bản ký).pdf', pattern(200_001)],
        ['empty.txt', new Uint8Array(0)],
        ["o'hara 100%.docx", pattern(17)],
      ]);
      const unid = await createAsPerson(note({ Title: text('with files') }));
      for (const [name, bytes] of files)
        assert.deepEqual(await database.attachFile?.(unid, uploadOf(name, bytes)), { kind: 'written', name });
      assert.deepEqual(await filesOf(database, unid), files);
      const [reading] = await database.readNotes([unid], ['Title']);
      assert.equal(reading?.kind === 'note' && reading.items['Title']?.values[0], 'with files');
      assert.deepEqual(await database.detachFile?.(unid, 'empty.txt'), { kind: 'written' });
      files.delete('empty.txt');
      assert.deepEqual(await filesOf(database, unid), files);
      // What is not there is no error: a removal may be repeated.
      assert.deepEqual(await database.detachFile?.(unid, 'empty.txt'), { kind: 'written' });
      await person.editNote(unid, { Title: text('edited') });
      assert.deepEqual(await filesOf(database, unid), files);
    },
  },
  {
    name: 'to a note that is not there no file is attached',
    lacks: lacksAttaching,
    run: async ({ database }) => {
      const nowhere = 'F'.repeat(32);
      assert.deepEqual(await database.attachFile?.(nowhere, uploadOf('a.txt', pattern(5))), {
        kind: 'missing',
      });
      assert.deepEqual(await database.detachFile?.(nowhere, 'a.txt'), { kind: 'missing' });
    },
  },
  {
    name: 'a file whose source fails half-way is not attached',
    lacks: lacksAttaching,
    run: async ({ create, database }) => {
      const unid = await create(note());
      const broken = {
        name: 'broken.bin',
        size: 100_000,
        async *open() {
          yield pattern(70_000);
          throw new Error('the source failed');
        },
      };
      await assert.rejects(async () => database.attachFile?.(unid, broken));
      assert.deepEqual(await filesOf(database, unid), new Map());
    },
  },
  {
    name: 'a note without attachments gives none',
    lacks: ({ database }) => (database.capabilities.attachments ? null : 'attachments cannot be read here'),
    run: async ({ create, database }) => {
      const unid = await create(note());
      for await (const file of database.readAttachments(unid)) assert.fail(`found ${file.name}`);
    },
  },
  {
    name: 'rich text comes byte by byte, whatever its length',
    lacks: lacksRichText,
    run: async (scene) => {
      for (const size of [2, 4096, 200_002]) {
        const unid = await scene.createAsPerson(note({ Title: text('with body') }));
        const expected =
          (await scene.person.writeRichText?.(unid, 'Body', pattern(size))) ?? new Uint8Array();
        const read = await bytesOf(scene.database.readRichText(unid, 'Body'));
        assert.ok(Buffer.from(expected).equals(read), `${size} bytes written, ${read.byteLength} read`);
      }
    },
  },
  {
    name: 'a rich text item that the note does not have is an empty stream',
    lacks: ({ database }) => (database.capabilities.richText ? null : 'rich text cannot be read here'),
    run: async ({ create, database }) => {
      const unid = await create(note());
      assert.equal((await bytesOf(database.readRichText(unid, 'Body'))).byteLength, 0);
    },
  },
];
