import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Handbook, HandbookOp, HandbookOutcome } from '../port.ts';
import { type HandbookUnderTest, op, type OpBody } from './testing/samples.ts';

const RECORDS = 3;

type Step = (recordId: string) => OpBody;

const expectedVersion = fc.integer({ min: 0, max: 4 });
const fields = fc.dictionary(
  fc.constantFrom('name', 'phone'),
  fc.option(fc.string({ maxLength: 3, unit: 'grapheme-ascii' })),
);
const key = fc.option(fc.constantFrom('1', '2'));

/** Ops that often clash: few records, few keys, versions that are often wrong. Keys and records are made of this run alone. */
const step = (run: string): fc.Arbitrary<Step> =>
  fc.oneof(
    fc.record({ expectedVersion, key, set: fields }).map((put) => (recordId: string) => ({
      kind: 'put' as const,
      recordId,
      ...put,
      key: put.key && run + put.key,
    })),
    fc
      .record({ kind: fc.constantFrom('hide' as const, 'remove' as const), expectedVersion })
      .map((plain) => (recordId: string) => ({ recordId, ...plain })),
    fields.map((held) => (recordId: string) => ({
      kind: 'withdraw' as const,
      recordId,
      expectedVersion: 0,
      held,
    })),
  );

/** Any way of cutting a sequence into batches and of sending batches again, as a sender does that lost the answer. */
const sending = fc.array(
  fc.record({ size: fc.integer({ min: 1, max: 6 }), again: fc.integer({ min: 0, max: 2 }) }),
  {
    minLength: 1,
    maxLength: 8,
  },
);

async function states(handbook: Handbook, ids: readonly string[]): Promise<unknown> {
  const found = new Map((await handbook.read(ids)).map((record) => [record.recordId, record]));
  return ids.map((id) => {
    const { recordId: _, ...rest } = found.get(id) ?? { recordId: id, state: 'absent' };
    return rest;
  });
}

export function describeRepeating(subject: () => HandbookUnderTest): void {
  describe('random ops', () => {
    it('have the same effect and the same answers however they are batched and repeated', async () => {
      const { handbook } = subject();
      const place = fc.nat({ max: RECORDS - 1 });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(place, step('#')), { minLength: 1, maxLength: 14 }),
          sending,
          async (steps, ways) => {
            const run = async (batchAndRepeat: boolean): Promise<unknown> => {
              const own = randomUUID();
              const ids = Array.from({ length: RECORDS }, () => randomUUID()).toSorted();
              const ops = steps.map(([at, body]) => ownKeys(op(body(ids[at] ?? '')), own));
              const outcomes = batchAndRepeat
                ? await inWays(handbook, ops, ways)
                : await oneByOne(handbook, ops);
              const shown = outcomes.map((outcome) => shape(outcome, ids));
              return JSON.parse(JSON.stringify([shown, await states(handbook, ids)]).replaceAll(own, 'own'));
            };
            expect(await run(true)).toEqual(await run(false));
          },
        ),
        { numRuns: 40 },
      );
    });
  });
}

function ownKeys(single: HandbookOp, own: string): HandbookOp {
  return single.kind === 'put' && single.key !== null ? { ...single, key: own + single.key } : single;
}

/** Fields are left out: a repeated op answers those of now. */
function shape(outcome: HandbookOutcome, ids: readonly string[]): unknown {
  if (outcome.kind === 'duplicate-key') return { kind: outcome.kind, record: ids.indexOf(outcome.recordId) };
  return { kind: outcome.kind, version: outcome.version };
}

async function oneByOne(handbook: Handbook, ops: readonly HandbookOp[]): Promise<readonly HandbookOutcome[]> {
  const outcomes: HandbookOutcome[] = [];
  for (const single of ops) outcomes.push(...(await handbook.apply([single])));
  return outcomes;
}

async function inWays(
  handbook: Handbook,
  ops: readonly HandbookOp[],
  ways: readonly { readonly size: number; readonly again: number }[],
): Promise<readonly HandbookOutcome[]> {
  const outcomes: HandbookOutcome[] = [];
  const sent: HandbookOp[][] = [];
  for (let from = 0, turn = 0; from < ops.length; turn++) {
    const { size, again } = ways[turn % ways.length] ?? { size: 1, again: 0 };
    const batch = ops.slice(from, from + size);
    outcomes.push(...(await handbook.apply(batch)));
    sent.push(batch);
    for (let repeat = 0; repeat < again; repeat++) {
      // An old batch can be on its way for long.
      await handbook.apply(sent[(turn * 7 + repeat) % sent.length] ?? batch);
    }
    from += size;
  }
  return outcomes;
}
