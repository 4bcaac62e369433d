import { describe, expect, test } from 'vitest';
import { namesItem, textItem } from '../engine/item-builders.ts';
import { rejection } from './testing/rejection.ts';
import { BRIDGE, temporaryProton } from './testing/temporary-proton.ts';

const ADMIN = { name: 'CN=Admin/O=Party', accessLevel: 'MANAGER', permissions: ['DELETE_DOCUMENTS'] };
const DEFAULT = { name: '-Default-', accessLevel: 'NO_ACCESS' };
const MANAGING = { ...BRIDGE, access: 'manager' } as const;

describe('the ACL through the package', () => {
  test('[AC10] a manager sets it whole, everybody with Reader access reads it back', async () => {
    using t = await temporaryProton({ identity: MANAGING });
    await t.database.setACL({
      roles: ['[BiThu]'],
      entries: [
        ADMIN,
        DEFAULT,
        {
          name: BRIDGE.name,
          type: 'SERVER',
          accessLevel: 'AUTHOR',
          permissions: ['CREATE_DOCUMENTS'],
          roleList: ['BiThu'],
        },
      ],
    });
    expect(await t.database.getACL()).toEqual({
      roleList: ['BiThu'],
      aclEntryList: [
        { ...ADMIN, type: 'UNSPECIFIED', roleList: [] },
        { ...DEFAULT, type: 'UNSPECIFIED', permissions: [], roleList: [] },
        {
          name: BRIDGE.name,
          type: 'SERVER',
          accessLevel: 'AUTHOR',
          permissions: ['CREATE_DOCUMENTS'],
          roleList: ['[BiThu]'],
        },
      ],
    });
    await expect(t.database.setACL({ entries: [ADMIN, DEFAULT] })).rejects.toMatchObject(
      rejection('ERR_NOT_AUTHORIZED'),
    );
  });

  test('[AC10] an editor of it sends nothing before apply, and then everything or nothing', async () => {
    using t = await temporaryProton({ identity: MANAGING });
    const first = (await t.database.editAcl()).addRole(['BiThu']).upsertEntry(ADMIN).upsertEntry(DEFAULT);
    expect(t.domino.database.acl).toBeNull();
    await first.upsertEntry({ name: BRIDGE.name, accessLevel: 'MANAGER', roleList: ['BiThu'] }).apply();
    const wrong = (await t.database.editAcl()).deleteRole(['BiThu']).deleteEntry('-default-');
    await expect(wrong.apply()).rejects.toMatchObject(rejection('ERR_BAD_REQUEST', /-Default-/u));
    expect(t.domino.database.acl?.roles).toEqual(['BiThu']);
    await (await t.database.editAcl()).deleteRole(['BiThu']).apply();
    expect(t.domino.database.acl?.entries.at(-1)).toMatchObject({ name: BRIDGE.name, roles: [] });
  });

  test('[AC11] what the ACL takes from the bridge, the package refuses it', async () => {
    using t = await temporaryProton();
    const { unid } = t.domino.database.create([textItem('Form', 'F')]);
    const entry = { name: BRIDGE.name, deletes: false };
    const manager = { name: ADMIN.name, level: 'manager' };
    const setLevel = (level: string): void => {
      t.domino.database.setAcl({
        entries: [manager, { name: '-Default-', level: 'editor' }, { ...entry, level }],
      });
    };
    const codes = async (): Promise<string[]> => {
      const document = await t.database.useDocument({ unid });
      const calls = [
        document.read({ itemNames: ['Form'] }),
        document.replaceItems({ replaceItems: { A: 'x' } }),
        document.delete(),
        t.database.createDocument({ document: { Form: 'F' } }),
      ];
      const settled = await Promise.allSettled(calls);
      return settled.map((one) => (one.status === 'fulfilled' ? 'ok' : String(one.reason.code)));
    };
    const no = 'ERR_NOT_AUTHORIZED';
    setLevel('editor');
    expect(await codes()).toEqual(['ok', 'ok', no, 'ok']);
    setLevel('author');
    expect(await codes()).toEqual(['ok', no, no, 'ok']);
    setLevel('reader');
    expect(await codes()).toEqual(['ok', no, no, no]);
    setLevel('none');
    expect(await codes()).toEqual([no, no, no, no]);
  });

  test('[AC12] a document vanishes from the bridge and returns by a change of Readers alone', async () => {
    using t = await temporaryProton({ quirks: { errorEntries: 'with-code' } });
    const { unid } = t.domino.database.create([textItem('Form', 'F')]);
    const found = async (): Promise<unknown> => {
      const { documents } = await t.database.bulkReadDocuments({ query: "Form = 'F'", itemNames: ['Form'] });
      return documents?.map((one) => one['Form'] ?? 'no items');
    };
    const byUnid = async (): Promise<unknown> => {
      const { documents } = await t.database.bulkReadDocumentsByUnid({ unids: [unid], itemNames: ['Form'] });
      return documents?.map((one) => one['Form'] ?? one['@error']);
    };
    expect(await found()).toEqual(['F']);
    t.lan.setReaders(unid, ['CN=Lan/O=Party']);
    expect(await found()).toEqual(['no items']);
    expect(await byUnid()).toEqual([expect.objectContaining({ code: 'ERR_NOT_FOUND' })]);
    t.lan.edit(unid, { DocReaders: namesItem('DocReaders', ['*/O=Party'], 'readers') });
    expect(await found()).toEqual(['F']);
    expect(await byUnid()).toEqual(['F']);
  });
});
