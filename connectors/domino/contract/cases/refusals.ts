import assert from 'node:assert/strict';
import { DominoError } from '../../port.ts';
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
    name: 'a text too large for the summary is rejected, or kept whole where the file allows it',
    run: async (scene) => {
      const { database } = scene;
      const unid = await scene.create(note({ Long: text('short') }));
      const long = 'x'.repeat(40_000);
      const failure = await database.replaceItems(unid, { Long: text(long) }, null).then(
        () => null,
        (cause: unknown) => cause,
      );
      const [kept] = valuesOf(await readNote(database, unid, ['Long']), 'Long');
      if (failure === null) return assert.ok(kept === long, 'written, so it must be there whole');
      assert.ok(failure instanceof DominoError, 'a DominoError is expected');
      assert.equal(failure.code, 'rejected', failure.message);
      assert.equal(kept, 'short');
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
