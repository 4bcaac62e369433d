import {
  DominoAccess,
  DominoBasisSession,
  DominoServer,
  QueryActions,
  CredentialType,
} from '@hcl-software/domino-rest-sdk-node';
import { expect, test } from 'vitest';
import { SCHEMA, PASSWORD, temporaryRest } from './testing/temporary-rest.ts';

test("[RF19] HCL's own Node SDK works against the face unmodified, over a socket", async () => {
  // The SDK cannot send the revision of a delete, nor logs in with a clock of its own: the face runs on the real time here.
  await using rest = await temporaryRest({ schema: { ...SCHEMA, requireRevisionToUpdate: false } });
  rest.domino.time = Date.now();
  const baseUrl = await rest.face.app.listen({ host: '127.0.0.1', port: 0 });
  const credentials = { scope: '$DATA', type: CredentialType.BASIC, username: 'bridge', password: PASSWORD };
  const server = await DominoServer.getServer(baseUrl);
  const session = await DominoBasisSession.getBasisSession(
    new DominoAccess({ baseUrl, credentials }),
    server,
  );

  const created = await session.createDocument('members', { Form: 'Member', HoTen: 'An', Diem: 1 });
  const unid = created.getUNID() ?? '';
  expect(unid).toHaveLength(32);
  expect((await session.getDocument('members', unid)).fields.get('HoTen')).toBe('An');

  created.fields.set('HoTen', 'Bình');
  await session.updateDocument('members', created);
  const patched = await session.patchDocument('members', unid, { Form: 'Member', Diem: 2 });
  expect(patched.fields.get('HoTen')).toBe('Bình');
  expect(patched.getRevision()).toMatch(/^00000003/u);

  const found = await session.getDocumentsByQuery('members', { query: 'Diem = 2' }, QueryActions.EXECUTE);
  expect(JSON.stringify(found)).toContain(unid);
  const explained = await session.getDocumentsByQuery('members', { query: 'Diem = 2' }, QueryActions.EXPLAIN);
  expect(JSON.stringify(explained)).toContain('explainResult');

  const bulk = await session.bulkCreateDocuments('members', [
    { Form: 'Member', HoTen: 'Chi' },
    { Form: 'Member', HoTen: 'Dũng' },
  ]);
  const unids = bulk.map((one) => one.getUNID() ?? '');
  expect(await session.bulkGetDocuments('members', unids)).toHaveLength(2);
  await session.bulkUpdateDocumentsByQuery('members', { query: "HoTen = 'Chi'", replaceItems: { Diem: 9 } });
  expect((await session.getDocument('members', unids[0] ?? '')).fields.get('Diem')).toBe(9);

  expect(await session.getListViews('members')).toHaveLength(2);
  expect(await session.getListViewEntry('members', 'ByName')).toHaveLength(3);
  await session.bulkDeleteDocumentsByUNID('members', unids, 'xoa');
  await session.deleteDocumentByUNID('members', unid, 'xoa');
  expect(rest.domino.database.count()).toBe(0);

  const wrong = new DominoAccess({ baseUrl, credentials: { ...credentials, password: 'wrong' } });
  await expect(wrong.accessToken()).rejects.toMatchObject({
    message: expect.stringContaining('Invalid credentials'),
  });
});
