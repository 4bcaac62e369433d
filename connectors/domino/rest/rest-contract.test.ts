import { notesDatabaseContract } from '../contract/vitest-contract.ts';
import scratchSchema from './scratch-schema.json' with { type: 'json' };
import { openEmbeddedRest } from './testing/embedded-rest.ts';

notesDatabaseContract('the REST connector on a harsh server', async () => openEmbeddedRest());

/** Where neither DQL nor the change table can be asked, all is looked up in a view. */
notesDatabaseContract('the REST connector by a view alone', async () =>
  openEmbeddedRest({
    schema: {
      ...scratchSchema,
      dqlAccess: false,
      views: [
        {
          name: 'Theo lần sửa\\cuối',
          selectionFormula: 'SELECT @All',
          columns: [{ name: 'LastModified', formula: '@Modified', sorted: 'asc' }],
        },
      ],
    } as never,
    database: { changesView: 'Theo lần sửa\\cuối' },
  }),
);
