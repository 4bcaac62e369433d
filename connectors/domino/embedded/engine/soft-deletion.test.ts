import { describe, expect, test } from 'vitest';
import { compileQuery } from '../dql/query.ts';
import { fileItem, richTextItem, textItem } from './item-builders.ts';
import { dateTimeOf } from './notes-date-time.ts';
import { expireSoftDeleted, softDeleted, undelete } from './soft-deletion.ts';
import { START, temporaryDomino } from './testing/temporary-domino.ts';

const HOUR = 3_600_000;
const bytes = new Uint8Array([1, 2, 3]);
const ITEMS = [
  textItem('Form', 'F'),
  richTextItem('Body', bytes),
  fileItem('a.txt', bytes, dateTimeOf(START)),
];

describe('soft deletion', () => {
  test('[RE1] hides a note without a stub until its hours are over; then it is gone for good', () => {
    using t = temporaryDomino();
    t.database.changeSettings({ softDeleteHours: 48 });
    const { unid } = t.database.create(ITEMS);
    t.database.delete(unid);
    t.time += 48 * HOUR - 10;
    t.reopen();
    expect(t.database.read(unid)).toBeNull();
    expect(t.database.query(compileQuery("Form = 'F'")).matches).toEqual([]);
    expect(t.database.stubs()).toEqual([]);
    expect(softDeleted(t.database.file).map((note) => note.unid)).toEqual([unid]);
    t.time += 10;
    expect(t.database.stubs()).toMatchObject([{ unid, sequence: 2, deletedAt: t.domino.now() }]);
    expect(expireSoftDeleted(t.database.file)).toBe(0);
    expect(() => undelete(t.database.file, unid)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('[RE1] a hidden note comes back whole, one version further', () => {
    using t = temporaryDomino();
    t.database.changeSettings({ softDeleteHours: 1 });
    const { unid, noteId } = t.database.create(ITEMS);
    t.database.delete(unid);
    t.time += HOUR / 2;
    expect(t.database.create([]).noteId).toBeGreaterThan(noteId);
    undelete(t.database.file, unid);
    expect(t.database.read(unid)).toMatchObject({
      noteId,
      sequence: 2,
      sequenceTime: t.domino.now(),
      items: ITEMS,
    });
    t.time += 5 * HOUR;
    expect(t.database.stubs()).toEqual([]);
  });
});
