import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brakes, DEFAULT_DELETE_LIMIT, DEFAULT_UPDATE_LIMIT, pingPong } from './brake.ts';

const HOUR = 3600 * 1000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const takingTurns = (count: number, spanMs: number) =>
  Array.from({ length: count }, (_, at) => ({
    side: at % 2 === 0 ? ('notes' as const) : ('handbook' as const),
    at: new Date(NOW - spanMs + (at * spanMs) / count).toISOString(),
    fields: ['progress'],
  }));

describe('brakes', () => {
  it.each([
    [DEFAULT_DELETE_LIMIT, 100, 0, 20, false],
    [DEFAULT_DELETE_LIMIT, 100, 0, 21, true],
    [DEFAULT_DELETE_LIMIT, 1_000, 0, 21, true],
    [DEFAULT_DELETE_LIMIT, 1_050, 0, 21, false],
    [DEFAULT_DELETE_LIMIT, 500_000, 9_999, 1, false],
    [DEFAULT_DELETE_LIMIT, 500_000, 10_000, 1, true],
    [DEFAULT_UPDATE_LIMIT, 0, 0, 50, false],
    [DEFAULT_UPDATE_LIMIT, 0, 0, 51, true],
    [DEFAULT_UPDATE_LIMIT, 1_000, 150, 50, false],
    [DEFAULT_UPDATE_LIMIT, 1_000, 150, 51, true],
  ])('[BR1] %j of %i pairs, %i done and %i planned: brakes %s', (limit, population, done, planned, brake) => {
    expect(brakes(limit, population, done, planned)).toBe(brake);
  });

  it('[BR1] an emptied side brakes as soon as more than the floor would go', () => {
    fc.assert(
      fc.property(fc.integer({ min: 21, max: 500_000 }), (population) => {
        expect(brakes(DEFAULT_DELETE_LIMIT, population, 0, population)).toBe(true);
      }),
    );
  });

  it('[BR2] lets nothing slip through in portions, and has nothing to say to a lane without effects', () => {
    const some = fc.nat({ max: 100 });
    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), fc.array(some, { maxLength: 40 }), (population, portions) => {
        let done = 0;
        for (const portion of portions)
          if (!brakes(DEFAULT_DELETE_LIMIT, population, done, portion)) done += portion;
        expect(done).toBeLessThanOrEqual(Math.max(20, population * 0.02));
        expect(brakes(DEFAULT_DELETE_LIMIT, population, 1_000_000, 0)).toBe(false);
      }),
    );
  });

  it('[BR2] once it brakes it brakes for more, too', () => {
    const count = fc.nat({ max: 2_000 });
    fc.assert(
      fc.property(
        count,
        count,
        fc.integer({ min: 1, max: 2_000 }),
        count,
        (population, done, planned, more) => {
          if (!brakes(DEFAULT_UPDATE_LIMIT, population, done, planned)) return;
          expect(brakes(DEFAULT_UPDATE_LIMIT, population, done + more, planned)).toBe(true);
          expect(brakes(DEFAULT_UPDATE_LIMIT, population, done, planned + more)).toBe(true);
        },
      ),
    );
  });
});

describe('pingPong', () => {
  it('[PP1] takes six effects in turns within an hour for two writers undoing each other', () => {
    expect(pingPong(takingTurns(6, HOUR), NOW)).toBe(true);
    expect(pingPong(takingTurns(6, 2 * HOUR), NOW)).toBe(false);
    expect(pingPong(takingTurns(5, HOUR), NOW)).toBe(false);
    expect(pingPong([], NOW)).toBe(false);
  });

  it('[PP1] leaves people alone who edit different fields of one document', () => {
    const merged = takingTurns(6, HOUR).map((effect) => ({
      ...effect,
      fields: effect.side === 'notes' ? ['progress'] : ['organisationCode'],
    }));
    expect(pingPong(merged, NOW)).toBe(false);
  });

  it('[PP1] judges the newest six', () => {
    const old = {
      side: 'handbook' as const,
      at: new Date(NOW - 48 * HOUR).toISOString(),
      fields: ['progress'],
    };
    expect(pingPong([old, old, ...takingTurns(6, HOUR)], NOW)).toBe(true);
  });

  it('[PP1] a side that writes twice in a row is no ping-pong', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5 }), (at) => {
        const effects = takingTurns(6, HOUR);
        const doubled = [...effects.slice(0, at), ...effects.slice(at, at + 1), ...effects.slice(at)];
        // The pair of equal sides must lie within the newest six.
        expect(pingPong(doubled, NOW)).toBe(at === 0);
      }),
    );
  });
});
