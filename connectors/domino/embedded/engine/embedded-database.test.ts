import { describe, expect, test } from 'vitest';
import { DqlError } from '../dql/dql-error.ts';
import { compileQuery } from '../dql/query.ts';
import type { StoredNote } from '../stored-note.ts';
import { dateTimeItem, fileItem, namesItem, numberItem, richTextItem, textItem } from './item-builders.ts';
import { textValues, withItems } from './item-lookup.ts';
import { dateTimeOf } from './notes-date-time.ts';
import { START, temporaryDomino } from './testing/temporary-domino.ts';

const member = (name: string) => [textItem('Form', 'Member'), textItem('FullName', name)];
const rename = (name: string) => (items: StoredNote['items']) =>
  withItems(items, [textItem('fullname', name)]);

describe('originators', () => {
  test('a new note is version 1 and all its times are now', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create(member('Lê Thị Mai'));
    expect(unid).toMatch(/^[0-9A-F]{32}$/u);
    expect(t.database.read(unid)).toMatchObject({
      noteId: 0x8f6,
      sequence: 1,
      sequenceTime: START,
      created: START,
      modifiedInFile: START,
      addedToFile: START,
      parent: null,
      conflict: false,
    });
  });

  test('a save raises the sequence and its time, by a tick when the clock stands', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create(member('Lê Thị Mai'));
    expect(t.database.save(unid, rename('Lê Mai'))).toMatchObject({ sequence: 2, sequenceTime: START + 10 });
    t.time += 1000;
    expect(t.database.save(unid, rename('Mai'))).toMatchObject({ sequence: 3, sequenceTime: START + 1000 });
    expect(t.database.read(unid)).toMatchObject({ created: START, modifiedInFile: START + 1000 });
  });

  test('after the clock was set back the sequence time goes on, the time in this file goes back', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create(member('Lê Thị Mai'));
    t.domino.clock.step(-3_600_000);
    t.database.save(unid, rename('Mai'));
    expect(t.database.read(unid)).toMatchObject({
      sequence: 2,
      sequenceTime: START + 10,
      modifiedInFile: START - 3_600_000,
    });
  });

  test('Domino itself keeps who saved and when the earlier versions were', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create(member('Mai'), { by: 'CN=Lan/O=Party' });
    t.time += 5000;
    t.database.save(unid, rename('B'), { by: 'Lan/Party' });
    t.time += 5000;
    t.database.save(unid, rename('C'), { by: 'CN=Bridge/O=Party' });
    const items = t.database.read(unid)?.items ?? [];
    expect(textValues(items, '$UpdatedBy')).toEqual(['CN=Lan/O=Party', 'CN=Bridge/O=Party']);
    expect(items.find(({ name }) => name === '$Revisions')?.value).toMatchObject({
      values: [dateTimeOf(START), dateTimeOf(START + 5000)],
    });
  });
});

describe('deletion', () => {
  test('leaves a stub one version further, and the note ID is not used again', () => {
    using t = temporaryDomino();
    const { unid, noteId } = t.database.create(member('Mai'));
    t.time += 2000;
    t.database.delete(unid);
    expect(t.database.read(unid)).toBeNull();
    expect(t.database.stubs()).toEqual([
      { unid, noteId, sequence: 2, sequenceTime: START + 2000, deletedAt: START + 2000 },
    ]);
    expect(t.database.stubs(START + 2010)).toEqual([]);
    t.reopen();
    expect(t.database.create(member('Lan')).noteId).toBe(noteId + 4);
    expect(t.database.purgeStubs(START + 2010)).toBe(1);
    expect(t.database.stubs()).toEqual([]);
  });

  test('what is not there cannot be saved or deleted', () => {
    using t = temporaryDomino();
    const unid = '0'.repeat(32);
    expect(() => t.database.delete(unid)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => t.database.save(unid, rename('x'))).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('content', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
  const modified = dateTimeOf(START);

  test('rich text and files come back to the byte, with every kind of item', () => {
    using t = temporaryDomino();
    const items = [
      ...member('Mai'),
      numberItem('Points', [1.5, -2e300]),
      dateTimeItem('Born', { date: '1980-02-29', time: null, zone: null, dst: false }),
      richTextItem('Body', bytes, 'dxl'),
      fileItem('a.pdf', bytes.subarray(5), modified),
      fileItem('b.pdf', new Uint8Array(0), modified),
      {
        name: 'Odd',
        value: { type: 'raw' as const, element: 'rawitemdata', typeHex: 'e', bytes: bytes.slice(0, 3) },
        flags: { seal: true },
      },
    ];
    const { unid } = t.database.create(items);
    t.reopen();
    expect(t.database.read(unid)?.items).toEqual(items);
  });

  test('a save of other items keeps the bytes without touching them, and drops those of a removed item', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create([
      ...member('Mai'),
      richTextItem('Body', bytes),
      fileItem('a', bytes, modified),
    ]);
    t.database.save(unid, rename('Lan'));
    expect(t.database.read(unid)?.items.at(-2)?.value).toMatchObject({ type: 'file', file: { bytes } });
    t.database.save(unid, (items) => items.filter(({ name }) => name !== 'Body'));
    expect(t.database.read(unid)?.items.some(({ value }) => value.type === 'richtext')).toBe(false);
    expect(t.database.read(unid)?.items.some(({ value }) => value.type === 'file')).toBe(true);
  });

  test('bytes left on disk cannot be saved into another note', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create([richTextItem('Body', bytes)]);
    const bare = t.database.readBare(unid);
    expect(() => t.database.create(bare?.items ?? [])).toThrow(/read it in full/u);
    expect(t.database.count()).toBe(1);
  });
});

describe('import', () => {
  test('keeps identity and version, sets the times of this file, replaces and brings back the deleted', () => {
    using t = temporaryDomino();
    const unid = 'ABCDEF0123456789ABCDEF0123456789';
    t.database.import([stored(unid.toLowerCase(), member('Mai'))]);
    expect(t.database.read(unid)).toMatchObject({
      unid,
      sequence: 9,
      sequenceTime: 777_770,
      created: 555_550,
      modifiedInFile: START,
      addedToFile: START,
    });
    t.time += 1000;
    t.database.import([stored(unid, member('Lan'))]);
    expect(t.database.count()).toBe(1);
    expect(t.database.read(unid)).toMatchObject({
      modifiedInFile: START + 1000,
      addedToFile: START,
      noteId: 0x8f6,
    });
    t.database.delete(unid);
    t.database.import([stored(unid, member('Lan'))]);
    expect(t.database.stubs()).toEqual([]);
    expect(t.database.count()).toBe(1);
  });

  test('notes() goes through all of them, batch after batch', () => {
    using t = temporaryDomino();
    const unids = Array.from({ length: 2500 }, (_, index) =>
      index.toString(16).toUpperCase().padStart(32, '0'),
    );
    t.database.import(unids.map((unid) => stored(unid, member(unid))));
    expect([...t.database.notes()].map(({ unid }) => unid)).toEqual(unids);
  });
});

describe('query', () => {
  const slice = (from: number, to: number) =>
    compileQuery(
      `Form = 'member' and @ModifiedInThisFile >= @dt('${new Date(from).toISOString()}') and @ModifiedInThisFile < @dt('${new Date(to).toISOString()}')`,
    );

  test('a time slice finds its own notes, half-open, in any spelling of the form, and is charged for every note', () => {
    using t = temporaryDomino();
    const unids = Array.from({ length: 50 }, (_, index) => {
      t.time = START + index * 1000;
      return t.database.create(member(`M${index}`)).unid;
    });
    const result = t.database.query(slice(START + 10_000, START + 13_000));
    expect(result.matches.map(({ unid }) => unid).sort()).toEqual(unids.slice(10, 13).sort());
    expect(result.scanned).toBe(50);
  });

  test('a term without time is charged as a scan of the whole file', () => {
    using t = temporaryDomino();
    for (let index = 0; index < 20; index++) t.database.create(member('x'));
    t.database.create([textItem('Form', 'Task')]);
    const tasks = compileQuery("Form = 'Task'");
    expect(t.database.query(tasks)).toMatchObject({ scanned: 21, matches: [expect.anything()] });
    expect(() => t.database.query(tasks, { limits: { maxDocumentsScanned: 20 } })).toThrow(
      expect.objectContaining({ code: 'scan-limit' }),
    );
    expect(() => t.database.query(compileQuery('@all'), { limits: { maxDocumentsScanned: 20 } })).toThrow(
      DqlError,
    );
  });

  test('a Form item with several values is still found', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create([textItem('Form', ['Task', 'Member'])]);
    const { matches } = t.database.query(compileQuery("Form = 'Member'"));
    expect(matches.map((match) => match.unid)).toEqual([unid]);
  });

  test('readableBy leaves hidden notes out', () => {
    using t = temporaryDomino();
    const open = t.database.create(member('open')).unid;
    t.database.create([...member('hidden'), namesItem('R', ['CN=Lan/O=Party'], 'readers')]);
    const found = (name: string) =>
      t.database.query(compileQuery('@all'), { readableBy: { name } }).matches.length;
    expect(found('CN=Lan/O=Party')).toBe(2);
    expect(t.database.query(compileQuery('@all')).matches).toHaveLength(2);
    expect(
      t.database.query(compileQuery('@all'), { readableBy: { name: 'Bridge/Party' } }).matches,
    ).toMatchObject([{ unid: open }]);
  });
});

function stored(unid: string, items: StoredNote['items']): StoredNote {
  return {
    unid,
    noteId: 4711,
    sequence: 9,
    sequenceTime: 777_770,
    created: 555_550,
    modifiedInFile: 1,
    addedToFile: 1,
    parent: null,
    conflict: false,
    items,
  };
}
