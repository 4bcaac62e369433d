import { describe, expect, test } from 'vitest';
import { temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { numberItem, richTextItem, textItem } from '../engine/item-builders.ts';
import type { NotesIdentity } from '../engine/identity.ts';
import { compositeData } from '../rich-text/composite-data.ts';
import { openDirectDatabase } from './open-direct-database.ts';
import { portItem, storedItem } from './port-items.ts';

const BRIDGE: NotesIdentity = { name: 'CN=Bridge/O=Mau' };
const open = (temporary: ReturnType<typeof temporaryDomino>, identity = BRIDGE) =>
  openDirectDatabase({ domino: temporary.domino, filePath: 'members.nsf', identity });
const SLICE = { by: 'modifiedInThisFile', from: null, to: null } as const;

describe('openDirectDatabase', () => {
  test('a write between read and write makes ours stale, even within one tick of the clock', async () => {
    using temporary = temporaryDomino();
    const database = open(temporary);
    const { unid } = temporary.database.create([textItem('Form', 'F'), numberItem('N', 1)]);
    const [before] = await database.readNotes([unid], ['N']);
    temporary.database.save(unid, (items) => items);
    if (before?.kind !== 'note') throw new Error('the note is there');
    expect(await database.replaceItems(unid, { N: null }, before.token)).toEqual({ kind: 'stale' });
    expect(await database.deleteNote(unid, before.token)).toEqual({ kind: 'stale' });
    expect(temporary.database.read(unid)?.items.map(({ name }) => name)).toContain('N');
  });

  test('stubs are told from a server time on', async () => {
    using temporary = temporaryDomino();
    const database = open(temporary);
    const [first, second] = [1, 2].map(() => temporary.database.create([textItem('Form', 'F')]).unid) as [
      string,
      string,
    ];
    temporary.database.delete(first);
    temporary.time += 60_000;
    temporary.database.delete(second);
    expect((await database.readDeletionStubs?.(null))?.map(({ unid }) => unid)).toEqual([first, second]);
    expect(await database.readDeletionStubs?.('2026-03-02T01:03:03.45Z')).toEqual([
      { unid: second, deletedAt: '2026-03-02T01:03:03.45Z' },
    ]);
  });

  test('rights are those of the identity', async () => {
    using temporary = temporaryDomino();
    const { unid } = temporary.database.create([textItem('Form', 'F')]);
    const reader = open(temporary, { ...BRIDGE, access: 'reader' });
    await expect(reader.replaceItems(unid, {}, null)).rejects.toMatchObject({ code: 'not-authorized' });
    await expect(reader.createNote({})).rejects.toMatchObject({ code: 'not-authorized' });
    const author = open(temporary, { ...BRIDGE, access: 'author' });
    await expect(author.deleteNote(unid, null)).rejects.toMatchObject({ code: 'not-authorized' });
    const nobody = open(temporary, { ...BRIDGE, access: 'none' });
    await expect(nobody.identify()).rejects.toMatchObject({ code: 'not-authorized' });
  });

  test('a file that is not there is not-found, and back when it is back', async () => {
    using temporary = temporaryDomino();
    const database = open(temporary);
    temporary.domino.deleteDatabase('members.nsf');
    await expect(database.identify()).rejects.toMatchObject({ code: 'not-found' });
    const { replicaId } = temporary.domino.createDatabase('members.nsf');
    expect(await database.identify()).toEqual({
      server: temporary.domino.name,
      filePath: 'members.nsf',
      replicaId,
    });
  });

  test('forms that are not ours cannot be listed', async () => {
    using temporary = temporaryDomino();
    const database = openDirectDatabase({
      domino: temporary.domino,
      filePath: 'members.nsf',
      identity: BRIDGE,
      forms: ['F'],
    });
    temporary.database.create([textItem('Form', 'F')]);
    expect(await database.readSlice({ ...SLICE, forms: ['F'] }, [])).toMatchObject({ total: 1 });
    await expect(database.readSlice({ ...SLICE, forms: ['F', 'G'] }, [])).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  test('rich text that came as DXL has the bytes that Proton gives for it', async () => {
    using temporary = temporaryDomino();
    const dxl = new TextEncoder().encode("<richtext><pardef id='1'/><par def='1'>Đồng chí</par></richtext>");
    const { unid } = temporary.database.create([textItem('Form', 'F'), richTextItem('Body', dxl, 'dxl')]);
    const parts: Uint8Array[] = [];
    for await (const part of open(temporary).readRichText(unid, 'Body')) parts.push(part);
    expect(Buffer.concat(parts)).toEqual(compositeData(dxl));
  });

  test('what was asked for is in the log of the server', async () => {
    using temporary = temporaryDomino();
    const { unid } = temporary.database.create([textItem('Form', 'F'), textItem('Secret', 'x')]);
    const database = open(temporary);
    await database.readNotes([unid], ['DoMat']);
    await database.readSlice({ ...SLICE, forms: ['F'] }, ['ChoPhepChuyen']);
    expect([...temporary.domino.requests.itemsAskedOf(unid)].sort()).toEqual(['chophepchuyen', 'domat']);
  });
});

describe('port items', () => {
  test.for([
    { type: 'text', values: ['a', 'b'], list: true, names: true, readers: true },
    { type: 'text', values: ['long'], nonsummary: true },
    { type: 'number', values: [1.5] },
    { type: 'datetime', values: ['2026-02-28'] },
    { type: 'datetime', values: ['07:30:00'] },
    { type: 'datetime', values: ['2026-02-28T23:59:59.07Z'] },
  ] as const)('%j is stored and shown unchanged', (item) => {
    expect(portItem(storedItem('I', item))).toEqual(item);
  });

  test.for([
    { type: 'datetime', values: ['2026-02-30'] },
    { type: 'datetime', values: ['2026-02-28T10:00:00'] },
    { type: 'datetime', values: ['25:00:00'] },
    { type: 'number', values: ['1'] },
    { type: 'number', values: [Number.NaN] },
    { type: 'text', values: [1] },
  ] as const)('%j is refused', (item) => {
    expect(() => storedItem('I', item)).toThrow(/Cannot write item "I"/u);
  });
});
