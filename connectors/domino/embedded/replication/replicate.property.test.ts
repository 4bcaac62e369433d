import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { numberItem, richTextItem, textItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { pull } from './replicate.ts';
import { contentOf, type Replicas, replicas } from './testing/replicas.ts';

type Step =
  | { readonly kind: 'create'; readonly at: number }
  | { readonly kind: 'edit' | 'delete'; readonly at: number; readonly note: number }
  | { readonly kind: 'pull'; readonly at: number; readonly from: number; readonly cutAfter?: number };

const MINUTE = 60_000;
const SERVERS = 3;
const server = fc.nat(SERVERS - 1);
const noteIndex = fc.nat(3);

function steps(kinds: readonly ('create' | 'edit' | 'delete')[]) {
  const change = fc.record({ kind: fc.constantFrom(...kinds), at: server, note: noteIndex });
  const pulls = fc.record({
    kind: fc.constant('pull' as const),
    at: server,
    from: server,
    cutAfter: fc.option(fc.nat(4), { nil: undefined }),
  });
  return fc.array(fc.oneof({ weight: 3, arbitrary: change }, { weight: 2, arbitrary: pulls }), {
    minLength: 4,
    maxLength: 24,
  }) as fc.Arbitrary<readonly Step[]>;
}

/** Four minutes at most: less than between two steps, so that a server whose clock is behind never has to borrow a later time. */
const skews = fc.array(
  fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }).map((ms) => ms - (ms % 1000)),
  {
    minLength: SERVERS,
    maxLength: SERVERS,
  },
);

const FORM = textItem('Form', 'F');

/** Every edit leaves a mark that no other edit touches. Answers the marks. */
function run(world: Replicas, plan: readonly Step[], action: string | null, cuts = true): string[] {
  const marks: string[] = [];
  const unids: string[] = [];
  const extra = action === null ? [] : [textItem('$ConflictAction', action)];
  for (const step of plan) {
    world.time += 10 * MINUTE;
    const database = world.databases[step.at];
    if (database === undefined) continue;
    if (step.kind === 'pull') {
      const source = world.databases[step.from];
      if (source === undefined || source === database) continue;
      const cut = step.cutAfter;
      if (cut !== undefined && cuts) pull(database, source, { cutAfter: cut });
      pull(database, source);
      continue;
    }
    const mark = `E${marks.length}`;
    if (step.kind === 'create') {
      marks.push(mark);
      const body = richTextItem('Body', new Uint8Array([marks.length]));
      unids.push(
        database.create([FORM, ...extra, body, numberItem(mark, 1)], { by: `CN=U${step.at}/O=P` }).unid,
      );
      continue;
    }
    const unid = unids[step.note % Math.max(1, unids.length)];
    if (unid === undefined || database.readBare(unid) === null) continue;
    if (step.kind === 'delete') database.delete(unid);
    else {
      marks.push(mark);
      database.save(unid, (items) => withItems(items, [numberItem(mark, 1)]), { by: `CN=U${step.at}/O=P` });
    }
  }
  return marks;
}

/** Replicates in a ring until nothing moves. */
function settle(world: Replicas): void {
  const [a, b, c] = world.databases;
  if (a === undefined || b === undefined || c === undefined) throw new Error('three replicas');
  for (let round = 0; round < 12; round += 1) {
    const before = JSON.stringify(world.databases.map((one) => contentOf(one)));
    for (const [to, from] of [
      [a, b],
      [b, c],
      [c, a],
      [a, c],
      [c, b],
      [b, a],
    ] as const) {
      world.time += 10 * MINUTE;
      pull(to, from);
    }
    if (JSON.stringify(world.databases.map((one) => contentOf(one))) === before) return;
  }
  throw new Error('replication does not come to rest');
}

const RUNS = { numRuns: 60 };

/** By sequence alone: a longer line of edits swallows a shorter one. */
const bySequence = replicas(SERVERS);
const world = replicas(SERVERS, { quirks: { divergence: 'revisions' } });
const other = replicas(SERVERS, { quirks: { divergence: 'revisions' } });
afterAll(() => {
  bySequence[Symbol.dispose]();
  world[Symbol.dispose]();
  other[Symbol.dispose]();
});

describe('three replicas', () => {
  test.each([
    ['no conflict action', null, world],
    ['no conflict action, by sequence', null, bySequence],
    ['merging', '1', world],
    ['merging, by sequence', '1', bySequence],
    ['no conflict notes', '2', world],
    ['merging, no conflict notes', '3', world],
  ])('[RE2] [RE7] agree after any edits, deletions and replications, cut off or not: %s', (_, action, on) => {
    fc.assert(
      fc.property(steps(['create', 'edit', 'delete']), skews, (plan, ahead) => {
        on.empty(ahead);
        run(on, plan, action);
        settle(on);
        const [first, ...others] = on.databases.map((one) => contentOf(one));
        for (const other of others) expect(other).toEqual(first);
      }),
      RUNS,
    );
  });

  test.each([
    ['no conflict action', null],
    ['merging', '1'],
  ])('[RE3] lose no edit: each is in the note or in a conflict note: %s', (_, action) => {
    fc.assert(
      fc.property(steps(['create', 'edit']), skews, (plan, ahead) => {
        world.empty(ahead);
        const marks = run(world, plan, action);
        settle(world);
        for (const database of world.databases) {
          const kept = new Set([...database.notes()].flatMap(({ items }) => items.map(({ name }) => name)));
          expect(marks.filter((mark) => !kept.has(mark))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('[RE5] where the form merges, edits of different items are all in the note itself', () => {
    fc.assert(
      fc.property(steps(['create', 'edit']), skews, (plan, ahead) => {
        world.empty(ahead);
        const marks = run(world, plan, '1');
        settle(world);
        const notes = [...(world.databases[0]?.notes() ?? [])];
        expect(notes.filter(({ conflict }) => conflict)).toEqual([]);
        const kept = new Set(notes.flatMap(({ items }) => items.map(({ name }) => name)));
        expect(marks.filter((mark) => !kept.has(mark))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('[RE7] a replication that was cut anywhere and repeated gives what one that was not gives', () => {
    fc.assert(
      fc.property(steps(['create', 'edit', 'delete']), (plan) => {
        world.empty();
        other.empty();
        run(world, plan, null);
        run(other, plan, null, false);
        const whole = other.databases.map((one) => contentOf(one, 'loose'));
        expect(world.databases.map((one) => contentOf(one, 'loose'))).toEqual(whole);
      }),
      RUNS,
    );
  });
});
