import { describe, expect, it } from 'vitest';
import type { Condition } from './conditions.ts';
import { type AlertState, decideAlerts, isQuiet } from './decide-alerts.ts';

const HOUR = 3_600_000;
const braked: Condition = { key: 'braked', severity: 'critical', afterMs: 0, title: 'Braked', todo: 'look' };
const away: Condition = { ...braked, key: 'away', severity: 'warning', afterMs: 600_000, title: 'Away' };
const loud = { channels: ['mail'], repeatMs: 24 * HOUR, quiet: false };

/** As a look that told everybody would leave it. */
function look(conditions: readonly Condition[], states: readonly AlertState[], now: number, quiet = false) {
  const { messages, kept } = decideAlerts(conditions, states, now, { ...loud, quiet });
  return {
    said: messages.map(({ kind, key }) => `${kind} ${key}`),
    states: kept.map((state) => ({
      ...state,
      told: messages.some(({ key }) => key === state.key) ? { ...state.told, mail: now } : state.told,
    })),
  };
}

describe('decideAlerts', () => {
  it('tells once, again after a day, and once more when it is over', () => {
    const first = look([braked], [], 0);
    const second = look([braked], first.states, HOUR);
    const third = look([braked], second.states, 24 * HOUR);
    const last = look([], third.states, 25 * HOUR);
    expect([first.said, second.said, third.said, last.said]).toEqual([
      ['begins braked'],
      [],
      ['lasts braked'],
      ['over braked'],
    ]);
    expect(last.states).toEqual([]);
  });

  it('tells nobody of what lasts too short, neither that it began nor that it is over', () => {
    const first = look([away], [], 0);
    const second = look([away], first.states, 300_000);
    expect([first.said, second.said, look([], second.states, 400_000).said]).toEqual([[], [], []]);
    expect(look([away], second.states, 600_000).said).toEqual(['begins away']);
  });

  it('lets all but critical ones wait in quiet hours', () => {
    const night = look([away, braked], [{ key: 'away', title: 'Away', since: 0, told: {} }], HOUR, true);
    expect(night.said).toEqual(['begins braked']);
    expect(look([away, braked], night.states, 2 * HOUR).said).toEqual(['begins away']);
  });

  it('tells each channel for itself', () => {
    const rules = { ...loud, channels: ['mail', 'webhook'] };
    const states = [{ key: 'braked', title: 'Braked', since: 0, told: { mail: 0 } }];
    expect(decideAlerts([braked], states, 1, rules).messages).toMatchObject([
      { channel: 'webhook', kind: 'begins' },
    ]);
    expect(decideAlerts([], states, 1, rules).messages).toMatchObject([{ channel: 'mail', kind: 'over' }]);
  });
});

describe('isQuiet', () => {
  const night = { from: '22:00', to: '06:00', timeZone: 'Asia/Ho_Chi_Minh' };
  it.each([
    ['2026-11-24T14:59:00Z', false],
    ['2026-11-24T15:00:00Z', true],
    ['2026-11-24T22:59:00Z', true],
    ['2026-11-24T23:00:00Z', false],
  ])('%s at night, there: %s', (now, quiet) => {
    expect(isQuiet(Date.parse(now), night)).toBe(quiet);
  });
  it('knows hours within a day, and none', () => {
    const noon = { from: '11:30', to: '13:00', timeZone: 'UTC' };
    expect(isQuiet(Date.parse('2026-11-24T12:00:00Z'), noon)).toBe(true);
    expect(isQuiet(Date.parse('2026-11-24T13:00:00Z'), noon)).toBe(false);
    expect(isQuiet(0, null)).toBe(false);
  });
});
