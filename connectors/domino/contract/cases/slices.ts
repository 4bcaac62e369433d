import assert from 'node:assert/strict';
import type { Slice } from '../../port.ts';
import type { NoteRead, Unid } from '../../../../src/sync/note.ts';
import {
  CONTRACT_FORM,
  type ContractCase,
  OTHER_CONTRACT_FORM,
  type Scene,
  note,
  text,
} from '../contract-case.ts';
import { asNote, readNote, refuses, second } from '../reading.ts';

const slice = (bounds: Partial<Slice>): Slice => ({
  by: 'modifiedInThisFile',
  forms: [CONTRACT_FORM],
  from: null,
  to: null,
  ...bounds,
});

async function unidsIn({ database }: Scene, bounds: Partial<Slice>): Promise<Set<Unid>> {
  const { notes, total } = await database.readSlice(slice(bounds), []);
  assert.ok(total <= notes.length, 'this slice fits one call');
  return new Set(notes.map(({ unid }) => unid));
}

/** A few tries are needed where the clock also runs by itself. */
async function noteOnWholeSecond(scene: Scene): Promise<NoteRead> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const reading = await readNote(scene.database, await scene.create(note()));
    if (reading.modified.endsWith('.00Z')) return reading;
    await scene.advanceClock?.(1000 - (Date.parse(reading.modified) % 1000));
  }
  return assert.fail('no note could be saved on a whole second');
}

export const sliceCases: readonly ContractCase[] = [
  {
    name: 'a slice answers all its notes with the items asked for, by the names asked for',
    run: async (scene) => {
      const unids: Unid[] = [];
      for (const place of [1, 2, 3, 4, 5])
        unids.push(await scene.create(note({ Title: text(`note ${place}`) })));
      const { notes, total } = await scene.database.readSlice(slice({}), ['tITLE']);
      assert.ok(total <= notes.length, `complete: ${total} counted, ${notes.length} given`);
      for (const [place, unid] of unids.entries()) {
        const reading = asNote(notes.find((one) => one.unid === unid));
        assert.deepEqual(reading.items['tITLE']?.values, [`note ${place + 1}`]);
        assert.deepEqual(Object.keys(reading.items).sort(), ['Form', 'tITLE']);
      }
    },
  },
  {
    name: 'bounds of a slice are half-open: from is inside, to is outside',
    run: async (scene) => {
      const unid = await scene.create(note());
      const { modified, created } = await readNote(scene.database, unid);
      for (const [by, stamp] of [
        ['modifiedInThisFile', modified],
        ['created', created],
      ] as const) {
        const inside = await unidsIn(scene, { by, from: second(stamp), to: second(stamp, 1) });
        assert.ok(inside.has(unid), `${by}: the second of its stamp holds the note`);
        const before = await unidsIn(scene, { by, from: second(stamp, -60), to: second(stamp) });
        assert.ok(!before.has(unid), `${by}: the upper bound is outside`);
        const after = await unidsIn(scene, { by, from: second(stamp, 1), to: null });
        assert.ok(!after.has(unid), `${by}: a later lower bound leaves it out`);
        assert.ok(
          (await unidsIn(scene, { by, from: second(stamp), to: null })).has(unid),
          `${by}: open-ended`,
        );
      }
    },
  },
  {
    name: 'a note saved on the very first hundredth of a second belongs to that second only',
    lacks: ({ advanceClock }) => (advanceClock === undefined ? 'the clock cannot be moved here' : null),
    run: async (scene) => {
      const { unid, modified } = await noteOnWholeSecond(scene);
      const inside = await unidsIn(scene, { from: second(modified), to: second(modified, 1) });
      assert.ok(inside.has(unid), 'from is inside');
      const before = await unidsIn(scene, { from: second(modified, -1), to: second(modified) });
      assert.ok(!before.has(unid), 'to is outside');
    },
  },
  {
    name: 'a slice holds notes of its forms only',
    run: async (scene) => {
      const ours = await scene.create(note());
      const other = await scene.create(note({}, OTHER_CONTRACT_FORM));
      const both = await unidsIn(scene, { forms: [CONTRACT_FORM, OTHER_CONTRACT_FORM] });
      assert.ok(both.has(ours) && both.has(other), 'both forms asked, both found');
      const found = await unidsIn(scene, {});
      assert.ok(found.has(ours) && !found.has(other), 'the other form stays out');
    },
  },
  {
    name: 'a slice with nothing in it is empty, not an error',
    run: async ({ database }) => {
      const empty = slice({ from: '1999-01-01T00:00:00Z', to: '1999-01-01T00:00:01Z' });
      assert.deepEqual(await database.readSlice(empty, ['Title']), { total: 0, notes: [] });
    },
  },
  {
    name: 'a note saved again is found by its new stamp, and by its creation still',
    run: async (scene) => {
      const unid = await scene.create(note({ Title: text('first') }));
      const first = await readNote(scene.database, unid);
      await scene.tick();
      await scene.person.editNote(unid, { Title: text('second') });
      const again = await readNote(scene.database, unid);
      assert.equal(again.created, first.created);
      assert.ok((await unidsIn(scene, { from: second(again.modified) })).has(unid));
      assert.ok((await unidsIn(scene, { by: 'created', from: second(first.created) })).has(unid));
    },
  },
  {
    name: 'a slice can be narrowed by the other stamp of its notes',
    run: async (scene) => {
      const unid = await scene.create(note());
      await scene.tick();
      await scene.person.editNote(unid, { Title: text('edited') });
      const { created, modified } = await readNote(scene.database, unid);
      const saved = { by: 'modifiedInThisFile', from: second(modified), to: second(modified, 1) } as const;
      const made = { by: 'created', from: second(created), to: second(created, 1) } as const;
      assert.ok((await unidsIn(scene, { ...saved, within: made })).has(unid), 'saved then and made then');
      assert.ok((await unidsIn(scene, { ...made, within: saved })).has(unid), 'the other way round');
      const earlier = { by: 'created', from: null, to: second(created) } as const;
      assert.ok(!(await unidsIn(scene, { ...saved, within: earlier })).has(unid), 'not made before');
    },
  },
  {
    name: 'an overfull slice says so, gives at most the cap, and can be enumerated page by page',
    run: async (scene) => {
      const { database } = scene;
      const { cap } = database.capabilities;
      const made = new Set<Unid>();
      for (let count = 0; count < cap + 5; count += 1) made.add(await scene.create(note()));
      const first = await database.readSlice(slice({}), []);
      assert.ok(first.total >= made.size, `${made.size} match, ${first.total} counted`);
      assert.ok(first.notes.length <= cap && first.notes.length < first.total, 'it is seen to be incomplete');
      const seen = new Set<Unid>();
      // The order may differ between calls: several rounds are needed, and a bounded number is enough.
      for (let round = 0; round < 50 && seen.size < made.size; round += 1) {
        for (let start = 0; start < first.total; start += cap) {
          const page = await database.readSlicePage(slice({}), [], start);
          assert.ok(page.notes.length > 0 && page.notes.length <= cap, `page at ${start} has notes`);
          for (const { unid } of page.notes) if (made.has(unid)) seen.add(unid);
        }
      }
      assert.equal(seen.size, made.size);
    },
  },
  {
    name: 'a slice without forms or with a malformed bound is refused',
    run: async ({ database }) => {
      await refuses(database.readSlice(slice({ forms: [] }), []), 'bad-request');
      await refuses(database.readSlice(slice({ from: "2026-01-01' or @all" }), []), 'bad-request');
      await refuses(database.readSlice(slice({ to: '2026-01-01' }), []), 'bad-request');
    },
  },
];
