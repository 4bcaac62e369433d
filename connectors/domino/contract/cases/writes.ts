import assert from 'node:assert/strict';
import { CONTRACT_FORM, type ContractCase, OTHER_CONTRACT_FORM, note, text } from '../contract-case.ts';
import { readNote, readOne, refuses, valuesOf } from '../reading.ts';

const ABSENT = 'DEADBEEFDEADBEEFDEADBEEFDEADBEEF';

export const writeCases: readonly ContractCase[] = [
  {
    name: 'a created note has a UNID of its own and is found by an item',
    run: async ({ create, database }) => {
      const first = await create(note({ HandbookId: text('contract-find-1') }));
      const second = await create(note({ HandbookId: text('contract-find-2') }));
      assert.match(first, /^[0-9A-F]{32}$/);
      assert.notEqual(first, second);
      assert.deepEqual(await database.findByItem(CONTRACT_FORM, 'HandbookId', 'contract-find-1'), [first]);
      assert.deepEqual(await database.findByItem(CONTRACT_FORM, 'HandbookId', 'contract-find-3'), []);
    },
  },
  {
    name: 'finding compares exactly, whatever the server thinks of case, accents and quotes',
    run: async ({ create, database }) => {
      const values = ['Hoà', 'hoà', 'Hoa', 'HOA', 'Hoà '.normalize('NFD'), "Hoà'", "' or Form = 'x"];
      const unids = new Map<string, string>();
      for (const value of values) unids.set(value, await create(note({ Key: text(value) })));
      await create(note({ Key: text('Hoà') }, OTHER_CONTRACT_FORM));
      for (const value of values)
        assert.deepEqual(await database.findByItem(CONTRACT_FORM, 'Key', value), [unids.get(value)], value);
    },
  },
  {
    name: 'finding answers every note that holds the value',
    run: async ({ create, database }) => {
      const unids = [await create(note({ Key: text('twice') })), await create(note({ Key: text('twice') }))];
      const found = await database.findByItem(CONTRACT_FORM, 'Key', 'twice');
      assert.deepEqual([...found].sort(), unids.sort());
    },
  },
  {
    name: 'a write sets the items it names and leaves all others as they were',
    run: async (scene) => {
      const { database, person } = scene;
      const untouched = {
        Untouched: text(['b', '', 'a']),
        Day: { type: 'datetime', values: ['2001-02-03'] },
        Editors: text(['CN=Tran Van Binh/O=Party'], { names: true, authors: true }),
        Count: { type: 'number', values: [1.25] },
      } as const;
      const unid = await scene.createAsPerson(note({ ...untouched, Title: text('old'), Gone: text('bye') }));
      const before = await person.readItems?.(unid);
      const written = await database.replaceItems(
        unid,
        { Title: text('new'), Added: { type: 'number', values: [7] } },
        null,
      );
      assert.deepEqual(written, { kind: 'written' });
      const reading = await readNote(database, unid, ['Title', 'Added', 'Gone', ...Object.keys(untouched)]);
      assert.deepEqual(valuesOf(reading, 'Title'), ['new']);
      assert.deepEqual(valuesOf(reading, 'Added'), [7]);
      assert.deepEqual(valuesOf(reading, 'Gone'), ['bye']);
      for (const [name, item] of Object.entries(untouched))
        assert.deepEqual(valuesOf(reading, name), item.values);
      if (before === undefined) return;
      const after = (await person.readItems?.(unid)) ?? {};
      for (const name of [...Object.keys(untouched), 'Form', 'Gone'])
        assert.deepEqual(after[name], before[name], name);
    },
  },
  {
    name: 'an item given as null is deleted, alone or beside items that are set',
    run: async (scene) => {
      const { database } = scene;
      const unid = await scene.create(note({ A: text('a'), B: text('b'), C: text('c') }));
      assert.deepEqual(await database.replaceItems(unid, { A: null }, null), { kind: 'written' });
      assert.deepEqual(await database.replaceItems(unid, { B: null, C: text('d') }, null), {
        kind: 'written',
      });
      const { items } = await readNote(database, unid, ['A', 'B', 'C']);
      assert.deepEqual(Object.keys(items).sort(), ['C', 'Form']);
      assert.deepEqual(items['C']?.values, ['d']);
      assert.deepEqual(await database.replaceItems(unid, { NeverThere: null }, null), { kind: 'written' });
    },
  },
  {
    name: 'a write on the state that was read happens',
    run: async (scene) => {
      const unid = await scene.create(note({ Title: text('old') }));
      const { token } = await readNote(scene.database, unid);
      await scene.tick();
      const outcome = await scene.database.replaceItems(unid, { Title: text('new'), Extra: null }, token);
      assert.deepEqual(outcome, { kind: 'written' });
      assert.deepEqual(valuesOf(await readNote(scene.database, unid, ['Title']), 'Title'), ['new']);
    },
  },
  {
    name: 'a write on a state that is past is refused where the way in can tell, and changes nothing',
    run: async (scene) => {
      const { database } = scene;
      const unid = await scene.createAsPerson(
        note({ Title: text('old'), Theirs: text('1'), Gone: text('x') }),
      );
      const { token } = await readNote(database, unid);
      await scene.tick();
      await scene.person.editNote(unid, { Theirs: text('2') });
      const { guardedWrite, conditionalWrite } = database.capabilities;
      const outcomes = [
        await database.replaceItems(unid, { Title: text('new') }, token),
        await database.replaceItems(unid, { Gone: null }, token),
      ];
      const reading = await readNote(database, unid, ['Title', 'Theirs', 'Gone']);
      assert.deepEqual(valuesOf(reading, 'Theirs'), ['2']);
      if (!guardedWrite && !conditionalWrite) return;
      assert.deepEqual(outcomes, [{ kind: 'stale' }, { kind: 'stale' }]);
      assert.deepEqual(valuesOf(reading, 'Title'), ['old']);
      assert.deepEqual(valuesOf(reading, 'Gone'), ['x']);
    },
  },
  {
    name: 'a write or deletion of a note that is not there says missing',
    run: async (scene) => {
      const { database } = scene;
      assert.deepEqual(await database.replaceItems(ABSENT, { Title: text('x') }, null), { kind: 'missing' });
      assert.deepEqual(await database.deleteNote(ABSENT, null), { kind: 'missing' });
      const unid = await scene.create(note());
      const { token } = await readNote(database, unid);
      await scene.person.deleteNote(unid);
      assert.deepEqual(await database.replaceItems(unid, { Title: text('x') }, token), { kind: 'missing' });
      assert.deepEqual(await database.deleteNote(unid, token), { kind: 'missing' });
      assert.equal((await readOne(database, unid)).kind, 'missing', 'the write did not bring it back');
    },
  },
  {
    name: 'a deleted note is gone; its stub shows where stubs are shown',
    run: async (scene) => {
      const { database } = scene;
      const unid = await scene.create(note());
      const { token } = await readNote(database, unid);
      await scene.tick();
      assert.deepEqual(await database.deleteNote(unid, token), { kind: 'written' });
      assert.equal((await readOne(database, unid)).kind, 'missing');
      if (!database.capabilities.deletionStubs) return;
      const stubs = (await database.readDeletionStubs?.(null)) ?? [];
      assert.ok(stubs.some((stub) => stub.unid === unid));
    },
  },
  {
    name: 'a deletion of a state that is past is refused where deletions are conditional',
    lacks: ({ database }) =>
      database.capabilities.conditionalDelete ? null : 'deletions are not conditional here',
    run: async (scene) => {
      const unid = await scene.createAsPerson(note());
      const { token } = await readNote(scene.database, unid);
      await scene.tick();
      await scene.person.editNote(unid, { Title: text('kept') });
      assert.deepEqual(await scene.database.deleteNote(unid, token), { kind: 'stale' });
      assert.deepEqual(valuesOf(await readNote(scene.database, unid, ['Title']), 'Title'), ['kept']);
    },
  },
  {
    name: 'a response is created where that is possible and refused where it is not',
    run: async ({ create, database }) => {
      const parent = await create(note());
      if (!database.capabilities.createResponses)
        return refuses(database.createNote(note(), { parent }), 'bad-request');
      const { unid } = await database.createNote(note(), { parent });
      await readNote(database, unid);
      await database.deleteNote(unid, null);
    },
  },
  {
    name: 'item names of a note are listed where that is possible',
    lacks: ({ database }) => (database.capabilities.listItems ? null : 'items are not listed here'),
    run: async ({ create, database }) => {
      const unid = await create(note({ First: text('1'), Second: text('2') }));
      const names = (await database.listItems?.(unid)) ?? [];
      for (const name of ['Form', 'First', 'Second']) assert.ok(names.includes(name), name);
    },
  },
];
