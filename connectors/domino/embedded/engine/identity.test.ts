import { describe, expect, test } from 'vitest';
import { mayDelete, mayEdit, mayRead, type NotesIdentity } from './identity.ts';
import { namesItem, textItem } from './item-builders.ts';

const lan: NotesIdentity = {
  name: 'CN=Trần Thị Lan/OU=Chi bộ 1/O=Party',
  groups: ['Secretaries'],
  roles: ['Admin'],
};
const readers = (...names: readonly string[]) => [namesItem('R', names, 'readers')];

describe('Readers', () => {
  test.each([
    ['no readers item', []],
    ['an empty one', readers('', ' ')],
    ['the canonical name', readers('CN=Trần Thị Lan/OU=Chi bộ 1/O=Party')],
    ['the abbreviated name in another case', readers('TRẦN THỊ LAN/chi bộ 1/party')],
    ['a group', readers('secretaries')],
    ['a role', readers('[admin]')],
    ['a wildcard of her unit', readers('*/OU=Chi bộ 1/O=Party')],
    ['everybody', readers('*')],
    ['an author beside other readers', [...readers('Nobody'), namesItem('A', [lan.name], 'authors')]],
    ['authors alone, who restrict nobody', [namesItem('A', ['Somebody/Else'], 'authors')]],
    ['a list of names that is no readers item', [namesItem('N', ['Nobody'])]],
    ['a text that is called Readers', [textItem('Readers', 'Nobody')]],
  ])('[AC1] let her read: %s', (_, items) => {
    expect(mayRead(items, lan)).toBe(true);
  });

  test.each([
    ['another name', readers('CN=Mai/O=Party')],
    ['her name without her unit', readers('Trần Thị Lan/Party')],
    ['a wildcard of another unit', readers('*/Chi bộ 2/Party')],
    ['a role without brackets', readers('Admin')],
    ['several items, none with her', [...readers('', 'A'), ...readers('B')]],
  ])('[AC1] keep her out: %s', (_, items) => {
    expect(mayRead(items, lan)).toBe(false);
  });

  test('[AC2] keep out even a manager', () => {
    expect(mayRead(readers('Nobody'), { ...lan, access: 'manager' })).toBe(false);
  });
});

describe('access levels', () => {
  const authored = [namesItem('A', ['Secretaries'], 'authors')];

  test('[AC3] authors edit what names them, editors everything, readers nothing', () => {
    expect(mayEdit(authored, { ...lan, access: 'author' })).toBe(true);
    expect(mayEdit([], { ...lan, access: 'author' })).toBe(false);
    expect(mayEdit([], { ...lan, access: 'editor' })).toBe(true);
    expect(mayEdit(authored, { ...lan, access: 'reader' })).toBe(false);
  });

  test('[AC3] deleting needs its own privilege', () => {
    expect(mayDelete([], lan)).toBe(true);
    expect(mayDelete([], { ...lan, deletes: false })).toBe(false);
  });

  test('[AC4] depositors and strangers read nothing', () => {
    expect(mayRead([], { ...lan, access: 'depositor' })).toBe(false);
    expect(mayRead([], { ...lan, access: 'none' })).toBe(false);
  });
});
