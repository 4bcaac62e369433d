import { describe, expect, test } from 'vitest';
import { rejection } from './testing/rejection.ts';
import { temporaryProton } from './testing/temporary-proton.ts';

describe('options', () => {
  test.each([
    ['an unknown option', { query: '@all', actAs: 'x' }],
    ['no query', {}],
    ['a negative start', { query: '@all', start: -1 }],
    ['arguments that are no list', { query: '@all', queryArgs: 'x' }],
    ['an unknown error option', { query: '@all', onErrorOptions: 'CONTINUE' }],
    ['item names that are no list', { query: '@all', itemNames: 'Form' }],
  ])('%s is refused before anything is sent', async (_, options) => {
    using p = await temporaryProton();
    p.faults.add({ kind: 'down', when: {} });
    await expect(p.database.bulkReadDocuments(options)).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST', /bulkReadDocuments/u),
    );
  });

  test('canonicalFormat may be unknown to the server', async () => {
    using p = await temporaryProton({ quirks: { canonicalFormat: 'rejected' } });
    const unids = [p.lan.create({ Form: 'Member' })];
    const call = p.database.bulkReadDocumentsByUnid({ unids, canonicalFormat: true });
    await expect(call).rejects.toMatchObject(rejection('ERR_BAD_REQUEST', /canonicalFormat/u));
  });
});
