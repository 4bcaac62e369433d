import type { ProtonQuirks } from '../embedded/proton/quirks.ts';
import { notesDatabaseContract } from '../contract/vitest-contract.ts';
import { openEmbedded } from './testing/embedded-proton.ts';

/** Each points of the face's switches that no public source settles; the first is the harshest reading of all. */
const WORLDS: Readonly<Record<string, Partial<ProtonQuirks>>> = {
  'harsh server': {},
  'kind server': {
    modifiedIs: 'inFile',
    unreadableInQuery: 'absent',
    unreadableByUnid: 'bare-entry',
    oneElementList: 'array',
    allOnEmptyDatabase: 'empty',
    noDocuments: 'empty-array',
    onErrorDefault: 'ON_ERROR_CONTINUE',
    unknownOptions: 'ignore',
    queryThenWrite: 'atomic',
    canonicalFormat: 'supported',
    errorEntries: 'with-code',
  },
  'server with canonical items, whose errors have codes': {
    canonicalFormat: 'supported',
    errorEntries: 'with-code',
  },
};

for (const [name, quirks] of Object.entries(WORLDS))
  notesDatabaseContract(`the Proton connector on a ${name}`, async () => openEmbedded({ quirks }));

notesDatabaseContract('the Proton connector without guarded writes', async () =>
  openEmbedded({ database: { guardedWrites: 'never' } }),
);
