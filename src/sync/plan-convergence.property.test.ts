import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue } from './canonical.ts';
import type { Plan } from './plan-types.ts';
import { editsOf, recordOf, type Triple, tripleOf } from './testing/arbitrary-fields.ts';
import { EVERY_KIND, mappingOf, record } from './testing/sample-mapping.ts';
import { type Crash, round, type World, worldOf } from './testing/two-sided-model.ts';
import type { Fields, Scalar } from './values.ts';

const CRASHES: readonly Crash[] = ['intents', 'handbook', 'handbook-and-notes-intents', 'notes'];
const mapping = mappingOf(EVERY_KIND);
/** The mapping as it was before one field was added and another removed. */
const OLDER = mappingOf(EVERY_KIND.slice(1), { version: '0.1' });

const worldOfTriple = ({ base, notes, handbook }: Triple): World =>
  worldOf({ base }, { kind: 'note', fields: notes }, record(handbook));
const anyTriple = tripleOf(EVERY_KIND);
const quiet = (decided: Plan) => decided.handbook === null && decided.notes === null;
const fieldsOf = (world: World) => ({
  notes: world.note.kind === 'note' ? world.note.fields : null,
  handbook: world.record.kind === 'record' ? world.record.fields : null,
});

/** Both sides hold the base in every field that no person is asked about. */
function expectAgreement(world: World): void {
  const { notes, handbook } = fieldsOf(world);
  for (const { field } of EVERY_KIND) {
    const agree =
      world.open.has(field) ||
      (sameValue(notes?.[field] ?? null, handbook?.[field] ?? null) &&
        sameValue(notes?.[field] ?? null, world.pair.base[field] ?? null));
    expect({ field, agree }).toEqual({ field, agree: true });
  }
}

describe('one round, then another', () => {
  it('[PL4] one round agrees on everything but what a person is asked; the next has nothing to do', () => {
    fc.assert(
      fc.property(anyTriple, (triple) => {
        const world = worldOfTriple(triple);
        round(world, mapping);
        expectAgreement(world);
        const again = round(world, mapping);
        expect(quiet(again)).toBe(true);
        expect(again.conflicts.every(({ winner }) => winner === null)).toBe(true);
        expectAgreement(world);
      }),
      { numRuns: 500 },
    );
  });

  it('[PL15] a pair joined by its key agrees in one round, and empties nothing in Notes', () => {
    fc.assert(
      fc.property(recordOf(EVERY_KIND), recordOf(EVERY_KIND), (notes, handbook) => {
        const world = worldOf({ status: 'new' }, { kind: 'note', fields: notes }, record(handbook));
        const first = round(world, mapping);
        const set = first.notes?.kind === 'update' ? first.notes.set : {};
        expect(Object.values(set)).not.toContain(null);
        expectAgreement(world);
        expect(quiet(round(world, mapping))).toBe(true);
      }),
    );
  });

  it('[MC1] [MC2] [MC3] a mapping that changed settles in one round, without a conflict over fields nobody touched', () => {
    fc.assert(
      fc.property(recordOf(EVERY_KIND), recordOf(EVERY_KIND), (agreed, others) => {
        const { code, ...base } = agreed;
        const handbook: Fields = { ...base, code: null, dropped: others['ours'] ?? null };
        const world = worldOf(
          { base: { ...base, dropped: 'một' }, baseMapping: OLDER.version },
          { kind: 'note', fields: { ...base, code: code ?? null } },
          record(handbook),
        );
        const first = round(world, mapping);
        expect([first.notes, first.conflicts]).toEqual([null, []]);
        expectAgreement(world);
        expect(fieldsOf(world).handbook).toMatchObject({ code, dropped: null });
        expect(quiet(round(world, mapping))).toBe(true);
      }),
    );
  });

  it('[ME5] no edit is lost: it stands on both sides, was told, or made way for nothing but an edit that saw it', () => {
    fc.assert(
      fc.property(anyTriple, (triple) => {
        const world = worldOfTriple(triple);
        round(world, mapping);
        const after = fieldsOf(world);
        for (const { field, conflict } of EVERY_KIND)
          for (const side of ['notes', 'handbook'] as const) {
            const value = triple[side][field] ?? null;
            const stands = [after.notes, after.handbook].some((s) => sameValue(s?.[field] ?? null, value));
            const told = world.told.some((row) => row.field === field && sameValue(row[side] ?? null, value));
            const untouched = sameValue(value, triple.base[field] ?? null);
            expect({ field, side, kept: stands || told || untouched || conflict === 'union' }).toEqual({
              field,
              side,
              kept: true,
            });
          }
      }),
      { numRuns: 500 },
    );
  });

  it('[ME6] of a set, every removal and every addition happens', () => {
    const tags = EVERY_KIND.filter((field) => field.field === 'tags');
    fc.assert(
      fc.property(tripleOf(tags), ({ base, notes, handbook }) => {
        const world = worldOf({ base }, { kind: 'note', fields: notes }, record(handbook));
        round(world, mappingOf(tags));
        const of = (fields: Fields | null) => new Set((fields?.['tags'] ?? []) as readonly Scalar[]);
        const [was, left, right] = [of(base), of(notes), of(handbook)];
        const expected = new Set(
          [...left, ...right].filter((v) => !was.has(v) || (left.has(v) && right.has(v))),
        );
        expect(of(fieldsOf(world).notes)).toEqual(expected);
        expect(of(fieldsOf(world).handbook)).toEqual(expected);
      }),
    );
  });
});

describe('a bridge that dies', () => {
  it('[IN2] after any step, the next rounds end where an undisturbed one does: no new conflict, no write twice', () => {
    fc.assert(
      fc.property(anyTriple, fc.array(fc.constantFrom(...CRASHES), { maxLength: 4 }), (triple, crashes) => {
        const calm = worldOfTriple(triple);
        round(calm, mapping);
        const world = worldOfTriple(triple);
        for (const crash of crashes) round(world, mapping, crash);
        round(world, mapping);
        expect(fieldsOf(world)).toEqual(fieldsOf(calm));
        expect(world.pair).toEqual(calm.pair);
        expect(conflicts(world)).toEqual(conflicts(calm));
        expect(landed(world)).toEqual(landed(calm));
        expect(quiet(round(world, mapping))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('[IN2] a creation that was cut off is known by what the record shows', () => {
    fc.assert(
      fc.property(recordOf(EVERY_KIND), fc.constantFrom(...CRASHES), (fields, crash) => {
        const world = worldOf({ status: 'new' }, { kind: 'note', fields }, { kind: 'absent', version: 0 });
        round(world, mapping, crash);
        round(world, mapping);
        expect(world.writes.filter((write) => write.side === 'handbook')).toHaveLength(1);
        expect([world.told, world.pair.status]).toEqual([[], 'live']);
        expectAgreement(world);
      }),
    );
  });

  it.each([
    ['notes', 'handbook'],
    ['handbook', 'notes'],
  ] as const)(
    '[IN2] whoever edits %s again after their edit reached the other side meets no conflict',
    (side, crash) => {
      const free = EVERY_KIND.filter((field) => field.direction === 'both');
      const both = mappingOf(free);
      fc.assert(
        fc.property(recordOf(free), editsOf(free), editsOf(free), (base, first, second) => {
          const world = worldOf({ base }, { kind: 'note', fields: base }, record(base));
          edit(world, side, first);
          round(world, both, crash);
          edit(world, side, second);
          round(world, both);
          expect([world.told, quiet(round(world, both))]).toEqual([[], true]);
          const expected = { ...base, ...first, ...second };
          expect(fieldsOf(world)).toEqual({ notes: expected, handbook: expected });
        }),
      );
    },
  );

  it('[IN2] an edit made after the crash is not lost either, though it may be told', () => {
    fc.assert(
      fc.property(anyTriple, fc.constantFrom(...CRASHES), editsOf(EVERY_KIND), (triple, crash, edits) => {
        const world = worldOfTriple(triple);
        round(world, mapping, crash);
        const before = fieldsOf(world).notes;
        world.note = { kind: 'note', fields: { ...before, ...edits } };
        round(world, mapping);
        expectAgreement(world);
        const after = fieldsOf(world);
        for (const { field, conflict } of EVERY_KIND) {
          const value = edits[field];
          const kept =
            value === undefined ||
            conflict === 'union' ||
            sameValue(value, before?.[field] ?? null) ||
            sameValue(value, triple.base[field] ?? null) ||
            sameValue(value, after.notes?.[field] ?? null) ||
            world.told.some((row) => row.field === field && sameValue(row.notes ?? null, value));
          expect({ field, kept }).toEqual({ field, kept: true });
        }
      }),
      { numRuns: 500 },
    );
  });
});

function edit(world: World, side: 'notes' | 'handbook', edits: Fields): void {
  const fields = { ...fieldsOf(world)[side], ...edits };
  if (side === 'notes') world.note = { kind: 'note', fields };
  else world.record = { kind: 'record', version: world.record.version + 1, fields, hidden: false };
}

function conflicts(world: World): readonly string[] {
  return [
    ...new Set(world.told.map((row) => JSON.stringify([row.field, row.notes, row.handbook, row.winner]))),
  ].toSorted();
}

/** The values that reached each side, however many calls they took. */
function landed(world: World): readonly string[] {
  return world.writes
    .flatMap(({ side, fields }) => Object.entries(fields).map((entry) => JSON.stringify([side, ...entry])))
    .toSorted();
}
