import { describe, expect, test } from 'vitest';
import { createDominoDbModule } from './domino-db-module.ts';
import { parseQuirks } from './quirks.ts';
import { rejection } from './testing/rejection.ts';
import { temporaryProton } from './testing/temporary-proton.ts';

describe('options as programs in the wild write them', () => {
  test('[FC7] numbers as text are taken, or refused by the switch', async () => {
    const page = { query: '@all', start: '1', count: ' 1 ', queryLimits: { maxDocumentsScanned: '10' } };
    using accepting = await temporaryProton({ quirks: { numberText: 'accept' } });
    for (const Name of ['a', 'b']) accepting.lan.create({ Name });
    const { documentRange } = await accepting.database.bulkReadDocuments(page);
    expect(documentRange).toEqual({ start: 1, count: 1, total: 2 });
    await expect(accepting.database.bulkReadDocuments({ ...page, count: 'two' })).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST', /count/u),
    );
    using strict = await temporaryProton();
    await expect(strict.database.bulkReadDocuments(page)).rejects.toMatchObject(rejection('ERR_BAD_REQUEST'));
  });

  test('[FC8] no UNIDs are no work, or refused by the switch', async () => {
    using accepting = await temporaryProton({ quirks: { emptyUnids: 'accept' } });
    expect(await accepting.database.bulkDeleteDocumentsByUnid({ unids: [] })).toEqual({ errors: 0 });
    using strict = await temporaryProton();
    await expect(strict.database.bulkDeleteDocumentsByUnid({ unids: [] })).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST', /unids/u),
    );
  });

  test('[FC9] a port may be a number, or must be text by the switch', async () => {
    using p = await temporaryProton();
    const config = { hostName: 'x', connection: { port: 3002 } };
    const shared = { domino: p.domino.domino, identity: () => null };
    const kind = createDominoDbModule({ ...shared, quirks: { portNumber: 'accept' } });
    const server = await kind.useServer(config);
    expect(await server.getConnection()).toEqual({ port: '3002', secure: false });
    const strict = createDominoDbModule(shared);
    await expect(strict.useServer(config)).rejects.toMatchObject(rejection('ERR_BAD_REQUEST', /port/u));
  });

  test('[FC4] a switch that is unknown, or has no such value, is refused by name', () => {
    expect(parseQuirks({ numberText: 'reject', maxDocuments: 50 })).toEqual({
      numberText: 'reject',
      maxDocuments: 50,
    });
    expect(() => parseQuirks({ kindness: 1 })).toThrow(/kindness/u);
    expect(() => parseQuirks({ noDocuments: 'maybe' })).toThrow(/noDocuments/u);
  });
});
