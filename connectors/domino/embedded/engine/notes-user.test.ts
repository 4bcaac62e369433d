import { describe, expect, test } from 'vitest';
import { findItem, textValues } from './item-lookup.ts';
import { NotesUser } from './notes-user.ts';
import { temporaryDomino } from './testing/temporary-domino.ts';

describe('NotesUser', () => {
  test('works under their own name', () => {
    using t = temporaryDomino();
    const lan = new NotesUser(t.database, { name: 'CN=Lan/O=Party' });
    const unid = lan.create({ Form: 'Member', Age: 41, Roles: ['a', 'b'], Note: 'x' });
    lan.edit(unid, { AGE: 42, Note: null });
    const { items = [] } = t.database.read(unid) ?? {};
    expect(findItem(items, 'Age')).toMatchObject({ name: 'Age', value: { values: [42], list: false } });
    expect(textValues(items, 'Roles')).toEqual(['a', 'b']);
    expect(findItem(items, 'Note')).toBeUndefined();
    expect(textValues(items, '$UpdatedBy')).toEqual(['CN=Lan/O=Party']);
    lan.delete(unid);
    expect(t.database.stubs()).toMatchObject([{ unid, sequence: 3 }]);
  });

  test('cannot touch what is hidden from them; an empty list opens it again', () => {
    using t = temporaryDomino();
    const lan = new NotesUser(t.database, { name: 'CN=Lan/O=Party' });
    const mai = new NotesUser(t.database, { name: 'CN=Mai/O=Party' });
    const unid = lan.create({ Form: 'Member' });
    lan.setReaders(unid, ['CN=Lan/O=Party']);
    const refused = expect.objectContaining({ code: 'not-authorized' });
    expect(() => mai.edit(unid, { Form: 'x' })).toThrow(refused);
    expect(() => mai.delete(unid)).toThrow(refused);
    lan.setReaders(unid, []);
    expect(mai.edit(unid, { Age: 1 }).sequence).toBe(4);
  });

  test('readers do not create', () => {
    using t = temporaryDomino();
    const mai = new NotesUser(t.database, { name: 'Mai', access: 'reader' });
    expect(() => mai.create({ Form: 'Member' })).toThrow(expect.objectContaining({ code: 'not-authorized' }));
  });
});
