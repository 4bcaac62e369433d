import { describe, expect, test } from 'vitest';
import { checkedAcl } from './access-control.ts';
import { mayCreate, mayDelete, mayEdit, mayRead } from './identity.ts';
import { namesItem, textItem } from './item-builders.ts';
import { NotesUser } from './notes-user.ts';
import { temporaryDomino } from './testing/temporary-domino.ts';

const MANAGER = { name: 'CN=Admin/O=Party', level: 'manager', deletes: true };
const NOBODY = { name: '-Default-', level: 'none' };
const LAN = { name: 'CN=Lan/OU=Chi bo 1/O=Party' };

describe('the ACL of a database', () => {
  test('[AC5] says what everybody may, and nobody is more than it or they themselves allow', () => {
    using t = temporaryDomino();
    expect(t.database.identityOf(LAN)).toMatchObject(LAN);
    t.database.setAcl({
      entries: [
        MANAGER,
        { name: '-Default-', level: 'reader' },
        { name: 'Lan/Chi bo 1/Party', level: 'author' },
      ],
    });
    expect(t.database.identityOf(LAN)).toMatchObject({ access: 'author', deletes: false });
    expect(t.database.identityOf({ name: 'CN=Mai/O=Party' }).access).toBe('reader');
    expect(t.database.identityOf({ name: 'CN=Admin/O=Party', access: 'editor' }).access).toBe('editor');
    const lan = new NotesUser(t.database, LAN);
    const unid = lan.create({ Form: 'F', DocAuthors: namesItem('DocAuthors', [LAN.name], 'authors') });
    lan.edit(unid, { A: 'x' });
    expect(() => lan.delete(unid)).toThrow(expect.objectContaining({ code: 'not-authorized' }));
    expect(() => new NotesUser(t.database, { name: 'CN=Mai/O=Party' }).edit(unid, { A: 'y' })).toThrow(
      expect.objectContaining({ code: 'not-authorized' }),
    );
  });

  test('[AC5] survives a restart', () => {
    using t = temporaryDomino();
    t.database.setAcl({ entries: [MANAGER, NOBODY] });
    t.reopen();
    expect(t.database.identityOf(LAN).access).toBe('none');
  });

  test('[AC6] an entry of the name itself outweighs those of its groups; of groups and wildcards the highest counts', () => {
    using t = temporaryDomino();
    t.domino.groups.set('Secretaries', ['Lan/Chi bo 1/Party', 'CN=Mai/O=Party']);
    t.domino.groups.set('Everyone', ['Secretaries', '*/OU=Chi bo 2/O=Party']);
    t.database.setAcl({
      roles: ['Hoso', 'Doc'],
      entries: [
        MANAGER,
        NOBODY,
        { ...LAN, level: 'reader' },
        { name: 'secretaries', kind: 'person-group', level: 'editor', roles: ['Hoso'] },
        { name: 'Everyone', level: 'author', roles: ['Doc'] },
        { name: '*/Chi bo 3/Party', level: 'author' },
      ],
    });
    expect(t.database.identityOf(LAN).access).toBe('reader');
    expect(t.database.identityOf({ name: 'CN=Mai/O=Party' })).toMatchObject({
      access: 'editor',
      roles: ['Hoso', 'Doc'],
      groups: ['Secretaries', 'Everyone'],
    });
    expect(t.database.identityOf({ name: 'Hoa/Chi bo 2/Party' }).access).toBe('author');
    expect(t.database.identityOf({ name: 'Hoa/Chi bo 3/Party' }).access).toBe('author');
    expect(t.database.identityOf({ name: 'Hoa/Chi bo 4/Party' }).access).toBe('none');
    t.reopen();
    expect(t.database.identityOf({ name: 'CN=Mai/O=Party' }).access).toBe('editor');
  });

  test('[AC6] or the highest of all counts, where the switch says so', () => {
    using t = temporaryDomino({ quirks: { explicitEntry: 'highest' } });
    t.domino.groups.set('Secretaries', [LAN.name]);
    t.database.setAcl({
      entries: [MANAGER, NOBODY, { ...LAN, level: 'reader' }, { name: 'Secretaries', level: 'editor' }],
    });
    expect(t.database.identityOf(LAN).access).toBe('editor');
  });

  test('[AC7] roles come from the ACL alone, and open what Readers items give to them', () => {
    using t = temporaryDomino();
    t.database.setAcl({
      roles: ['BiThu'],
      entries: [
        MANAGER,
        { name: '-Default-', level: 'editor' },
        { ...LAN, level: 'reader', roles: ['BiThu'] },
      ],
    });
    const items = [textItem('Form', 'F'), namesItem('R', ['[BiThu]'], 'readers')];
    expect(mayRead(items, t.database.identityOf(LAN))).toBe(true);
    const pretender = { name: 'CN=Mai/O=Party', roles: ['BiThu'] };
    expect(mayRead(items, pretender)).toBe(true);
    expect(mayRead(items, t.database.identityOf(pretender))).toBe(false);
  });

  test('[AC8] creating is a right of its own for authors; depositors create and read nothing', () => {
    const author = { ...LAN, access: 'author' } as const;
    expect(mayCreate(author)).toBe(true);
    expect(mayCreate({ ...author, creates: false })).toBe(false);
    expect(mayCreate({ ...LAN, access: 'editor', creates: false })).toBe(true);
    const depositor = { ...LAN, access: 'depositor' } as const;
    expect([mayCreate(depositor), mayRead([], depositor), mayEdit([], depositor)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(mayDelete([], { ...LAN, access: 'reader' })).toBe(false);
  });

  test.each([
    ['no -Default- entry', { entries: [MANAGER] }, /-Default-/u],
    ['no manager', { entries: [NOBODY] }, /manager/u],
    [
      'a name twice, in two spellings',
      { entries: [MANAGER, NOBODY, { name: 'Admin/Party', level: 'reader' }] },
      /twice/u,
    ],
    ['a role it does not have', { entries: [{ ...MANAGER, roles: ['X'] }, NOBODY] }, /no role "X"/u],
    ['a level that is none', { entries: [MANAGER, { name: '-Default-', level: 'king' }] }, /not an ACL/u],
  ])('[AC9] is refused with %s', (_, acl, reason) => {
    expect(() => checkedAcl(acl)).toThrow(
      expect.objectContaining({ code: 'rejected', message: expect.stringMatching(reason) }),
    );
  });
});
