import assert from 'node:assert/strict';
import { CONTRACT_FORM, type ContractCase, note, text } from '../contract-case.ts';
import { asNote, readNote, readOne, refuses, valuesOf } from '../reading.ts';

const ABSENT = 'DEADBEEFDEADBEEFDEADBEEFDEADBEEF';
const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{2}Z$/;

export const readingCases: readonly ContractCase[] = [
  {
    name: 'a note is read by its UNID with canonical stamps, its Form and a token of the declared kind',
    run: async (scene) => {
      const unid = await scene.create(note({ Title: text('a title') }));
      const reading = await readNote(scene.database, unid, ['Title', 'NeverSet']);
      assert.match(reading.created, STAMP);
      assert.match(reading.modified, STAMP);
      assert.equal(reading.token.kind, scene.database.capabilities.tokenKind);
      assert.deepEqual(valuesOf(reading, 'Form'), [CONTRACT_FORM]);
      assert.deepEqual(valuesOf(reading, 'Title'), ['a title']);
      assert.ok(!('NeverSet' in reading.items), 'an item that the note does not have is absent');
    },
  },
  {
    name: 'a UNID that is not there reads as missing, beside notes that are',
    run: async (scene) => {
      const unid = await scene.create(note());
      const readings = await scene.database.readNotes([ABSENT, unid], []);
      const kinds = Object.fromEntries(readings.map((reading) => [reading.unid, reading.kind]));
      assert.deepEqual(kinds, { [ABSENT]: 'missing', [unid]: 'note' });
    },
  },
  {
    name: 'a deleted note reads as missing',
    run: async (scene) => {
      const unid = await scene.createAsPerson(note());
      await readNote(scene.database, unid);
      await scene.person.deleteNote(unid);
      assert.deepEqual(await readOne(scene.database, unid), { kind: 'missing', unid });
    },
  },
  {
    name: 'a note hidden by Readers is never read, by UNID or by slice, and comes back when shown again',
    lacks: ({ person }) => (person.hideNote === null ? 'nobody here can set Readers' : null),
    run: async (scene) => {
      const { database, person } = scene;
      const unid = await scene.createAsPerson(note({ Title: text('for few') }));
      const visible = await scene.createAsPerson(note());
      await person.hideNote?.(unid, true);
      const reading = await readOne(database, unid, ['Title']);
      assert.ok(['unreadable', 'missing'].includes(reading.kind), `hidden, but read as ${reading.kind}`);
      const slice = { by: 'modifiedInThisFile', forms: [CONTRACT_FORM], from: null, to: null } as const;
      const { notes } = await database.readSlice(slice, ['Title']);
      assert.equal(asNote(notes.find((one) => one.unid === visible)).kind, 'note');
      const inSlice = notes.find((one) => one.unid === unid);
      assert.ok(inSlice === undefined || inSlice.kind !== 'note', 'the slice shows it');
      await person.hideNote?.(unid, false);
      assert.deepEqual(valuesOf(await readNote(database, unid, ['Title']), 'Title'), ['for few']);
    },
  },
  {
    name: 'the token changes with each save and only then',
    run: async (scene) => {
      const unid = await scene.createAsPerson(note({ Title: text('0') }));
      const tokens: string[] = [];
      for (const value of ['1', '2', '3']) {
        const before = await readNote(scene.database, unid);
        assert.deepEqual(before.token, (await readNote(scene.database, unid, ['Title'])).token);
        tokens.push(before.token.value);
        await scene.tick();
        await scene.person.editNote(unid, { Title: text(value) });
      }
      tokens.push((await readNote(scene.database, unid)).token.value);
      assert.equal(new Set(tokens).size, 4, `four states, tokens ${tokens.join(', ')}`);
    },
  },
  {
    name: 'our own write changes the token too',
    run: async (scene) => {
      const unid = await scene.create(note({ Title: text('0') }));
      const before = await readNote(scene.database, unid);
      await scene.tick();
      assert.deepEqual(await scene.database.replaceItems(unid, { Title: text('1') }, null), {
        kind: 'written',
      });
      const after = await readNote(scene.database, unid);
      assert.notEqual(after.token.value, before.token.value);
      assert.ok(after.modified > before.modified, 'the stamp moves on');
      assert.equal(after.created, before.created);
    },
  },
  {
    name: 'as many UNIDs as the cap are answered at once; one more is refused; none is an empty answer',
    run: async (scene) => {
      const { database } = scene;
      const { cap } = database.capabilities;
      const unid = await scene.create(note());
      const absent = Array.from({ length: cap }, (_, place) =>
        `F${place.toString(16).padStart(31, '0')}`.toUpperCase(),
      );
      const full = [...absent.slice(1), unid];
      const readings = await database.readNotes(full, []);
      assert.deepEqual(readings.map((reading) => reading.unid).sort(), [...full].sort());
      assert.equal(asNote(readings.find((reading) => reading.unid === unid)).unid, unid);
      assert.ok(readings.every((reading) => reading.unid === unid || reading.kind === 'missing'));
      await refuses(database.readNotes([...absent, unid], []), 'bad-request');
      assert.deepEqual(await database.readNotes([], []), []);
    },
  },
  {
    name: 'the database says which one it is',
    run: async ({ database }) => {
      const identity = await database.identify();
      assert.ok(identity.server !== '' && identity.filePath !== '');
      assert.ok(identity.replicaId === null || /^[0-9A-F]{16}$/.test(identity.replicaId));
    },
  },
];
