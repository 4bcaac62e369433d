import assert from 'node:assert/strict';
import { CONTRACT_FORM, type ContractCase, note, text } from '../contract-case.ts';
import { readNote, refuses, valuesOf } from '../reading.ts';

const CANCELLED = ['busy', 'unreachable'] as const;

export const refusalCases: readonly ContractCase[] = [
  {
    name: 'a malformed UNID is refused before anything is asked',
    run: async ({ database }) => {
      await refuses(database.readNotes(["X' or @all"], []), 'bad-request');
      await refuses(database.readNotes(['deadbeef'], []), 'bad-request');
    },
  },
  {
    name: 'an item name that is none is refused in a search',
    run: async ({ database }) => {
      await refuses(database.findByItem(CONTRACT_FORM, "A = 'x' or Form", 'y'), 'bad-request');
    },
  },
  {
    name: 'a call with an aborted signal fails and writes nothing',
    run: async (scene) => {
      const { database } = scene;
      const unid = await scene.create(note({ Title: text('kept') }));
      const options = { signal: AbortSignal.abort() };
      await refuses(database.readNotes([unid], [], options), ...CANCELLED);
      await refuses(database.replaceItems(unid, { Title: text('lost') }, null, options), ...CANCELLED);
      await refuses(database.deleteNote(unid, null, options), ...CANCELLED);
      await refuses(database.createNote(note({ Key: text('never-made') }), options), ...CANCELLED);
      assert.deepEqual(valuesOf(await readNote(database, unid, ['Title']), 'Title'), ['kept']);
      assert.deepEqual(await database.findByItem(CONTRACT_FORM, 'Key', 'never-made'), []);
    },
  },
  {
    name: 'a token of another kind is refused where tokens are looked at',
    lacks: ({ database }) =>
      database.capabilities.conditionalWrite || database.capabilities.guardedWrite
        ? null
        : 'no write looks at a token here',
    run: async (scene) => {
      const { database } = scene;
      const unid = await scene.create(note());
      const kind = database.capabilities.tokenKind === 'etag' ? 'oid' : 'etag';
      await refuses(database.replaceItems(unid, { Title: text('x') }, { kind, value: '1' }), 'bad-request');
    },
  },
];
