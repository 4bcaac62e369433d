import { describe, expect, test } from 'vitest';
import { temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { textItem } from '../engine/item-builders.ts';
import type { NoteStore } from '../engine/note-store.ts';
import { runQuery } from '../engine/query-run.ts';
import { compileQuery } from './query.ts';
import { type DqlSwitches, HARSH_DQL, PUBLISHED_LIMITS } from './switches.ts';
import { buildNote } from './testing/build-note.ts';

function holds(
  query: string,
  items: Parameters<typeof buildNote>[0],
  switches: Partial<DqlSwitches> = {},
): boolean {
  return compileQuery(query, [], { switches: { ...HARSH_DQL, ...switches } }).matches(buildNote(items));
}

describe('open points of DQL', () => {
  test('[DQ5] in all of a field: it holds every listed value, or nothing but listed values', () => {
    const query = "A in all ('x', 'y')";
    const only = { fieldInAll: 'only-listed' } as const;
    expect([holds(query, { A: ['x', 'y', 'z'] }), holds(query, { A: ['x', 'y', 'z'] }, only)]).toEqual([
      true,
      false,
    ]);
    expect([holds(query, { A: ['x'] }), holds(query, { A: ['x'] }, only)]).toEqual([false, true]);
    expect([holds(query, {}), holds(query, {}, only)]).toEqual([false, false]);
    const { hints } = compileQuery("@DocumentUniqueID in all ('A', 'B')", [], {
      switches: { ...HARSH_DQL, ...only },
    });
    expect(hints.unids).toEqual(['A', 'B']);
  });

  test('[DQ6] empty text sorts below every text, or on 10.0.0 above', () => {
    const last = { emptyText: 'sorts-last' } as const;
    expect([holds("A > 'powerful'", { A: '' }), holds("A > 'powerful'", { A: '' }, last)]).toEqual([
      false,
      true,
    ]);
    expect(holds("A > 'powerful' and A < ''", { A: '' }, last)).toBe(false);
    expect(holds("A > 'powerful' and A < ''", { A: 'q' }, last)).toBe(true);
    expect(holds("A = ''", { A: '' }, last)).toBe(true);
  });

  test('[DQ2] != is refused as the syntax has it, or taken for what is not equal', () => {
    expect(() => holds("A != 'x'", { A: 'y' })).toThrow(/no operator/u);
    const accepted = { notEqual: 'accepted' } as const;
    expect(holds("A != 'x'", { A: 'y' }, accepted)).toBe(true);
    expect(holds("A != 'x'", { A: ['y', 'X'] }, accepted)).toBe(false);
    expect(() => holds("A!='x'", {}, accepted)).toThrow(/blank/u);
  });

  test('[DQ8] a time without a fraction is that second of any day, a full timestamp that tick', () => {
    const at = (time: string) => ({
      name: 'T',
      flags: { summary: true },
      value: {
        type: 'datetime' as const,
        values: [{ date: '2024-01-02', time, zone: null, dst: false }],
        ranges: [],
        list: false,
      },
    });
    const T = at('02:09:52.68');
    const documented = { partialDates: 'as-documented' } as const;
    expect(holds("T = @dt('02:09:52')", { T }, documented)).toBe(true);
    expect(holds("T = @dt('02:09:52.6800')", { T }, documented)).toBe(true);
    expect(holds("T = @dt('02:09:52.67')", { T }, documented)).toBe(false);
    expect(holds("T = @dt('2024-01-02T02:09:52Z')", { T })).toBe(false);
    expect(holds("T = @dt('2024-01-02T02:09:52.68')", { T })).toBe(true);
    expect(holds("T = @dt('02:09:52')", { T }, { partialDates: 'find-nothing' })).toBe(false);
  });

  test('[DQ11] both published sets of limits, and what a term on a property is charged for', () => {
    expect(PUBLISHED_LIMITS['scanning-limits-page']).toEqual({
      maxDocumentsScanned: 200_000,
      maxViewEntriesScanned: 200_000,
      maxMilliSeconds: 120_000,
    });
    expect(PUBLISHED_LIMITS['api-pages']).toEqual({
      maxDocumentsScanned: 500_000,
      maxViewEntriesScanned: 200_000,
      maxMilliSeconds: 300_000,
    });
    // 300,000 documents are too many by one page, and not by the other.
    const store = { count: () => 300_000, heads: () => [] } as unknown as NoteStore;
    const all = (switches: DqlSwitches): unknown =>
      runQuery(store, compileQuery('@all', [], { switches }), { limits: {}, admits: null });
    expect(() => all(HARSH_DQL)).toThrow(/more than 200000 documents/u);
    expect(all({ ...HARSH_DQL, scanLimits: 'api-pages' })).toEqual({ matches: [], scanned: 300_000 });
    using domino = temporaryDomino();
    for (let n = 0; n < 5; n++) domino.database.create([textItem('Form', 'F')]);
    const scanned = (propertyTerms: DqlSwitches['propertyTerms']): number =>
      domino.database.query(
        compileQuery("@Created > @dt('2030-01-01T00:00:00Z')", [], {
          switches: { ...HARSH_DQL, propertyTerms },
        }),
      ).scanned;
    expect([scanned('narrow-the-scan'), scanned('scan-everything')]).toEqual([0, 5]);
  });
});
