import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalRow } from '../port.ts';
import { chainEntries, GENESIS, rowHash, valuesDigest, verifyJournal } from './journal-chain.ts';

const key = randomBytes(32);
const keys = new Map([['record-1', key]]);

function entry(differing: Partial<JournalEntry> = {}): JournalEntry {
  return {
    at: '2026-03-01T08:00:00.000Z',
    passId: 'pass-1',
    pairId: 'pair-1',
    recordId: 'record-1',
    unid: 'A'.repeat(32),
    event: 'update-record',
    rule: 'P3',
    fields: ['address'],
    values: { address: 'Huyện B' },
    by: null,
    reason: null,
    ...differing,
  };
}

function chain(length: number): JournalRow[] {
  const entries = Array.from({ length }, (_, place) => entry({ passId: `pass-${place}` }));
  return [...chainEntries('link-1', GENESIS, entries, keys)];
}

describe('journal chain', () => {
  it('goes on behind the head it is given and is intact in portions', () => {
    const first = chain(3);
    const [last] = first.slice(-1);
    if (last === undefined) throw new Error('the chain is empty');
    const [next] = chainEntries('link-1', last, [entry()], keys);
    expect(next).toMatchObject({ sequence: 4, previousHash: last.hash });
    const middle = verifyJournal(first);
    expect(middle).toStrictEqual({ intact: true, head: { sequence: 3, hash: last.hash } });
    expect(verifyJournal(next === undefined ? [] : [next], last)).toMatchObject({
      intact: true,
      head: { sequence: 4 },
    });
    expect(verifyJournal([])).toStrictEqual({ intact: true, head: GENESIS });
  });

  it('never holds the values, and digests them with the key of the record', () => {
    const [row] = chainEntries('link-1', GENESIS, [entry()], keys);
    expect(JSON.stringify(row)).not.toContain('Huyện B');
    expect(row?.digest).toBe(valuesDigest(key, { address: 'Huyện B' }));
    expect(row?.digest).not.toBe(valuesDigest(randomBytes(32), { address: 'Huyện B' }));
    const [keyless] = chainEntries('link-1', GENESIS, [entry({ recordId: null })], keys);
    expect(keyless?.digest).toBeNull();
    expect(() => chainEntries('link-1', GENESIS, [entry({ recordId: 'record-2' })], keys)).toThrow(
      'has no journal key',
    );
  });

  it('finds any changed column at its own row', () => {
    const changes: Partial<JournalRow>[] = [
      { linkId: 'link-2' },
      { at: '2026-03-01T08:00:00.001Z' },
      { passId: 'x' },
      { pairId: null },
      { recordId: 'record-2' },
      { unid: null },
      { event: 'delete-note' },
      { rule: 'P4' },
      { fields: [] },
      { digest: null },
      { by: 'somebody' },
      { reason: 'because' },
      { hash: 'f'.repeat(64) },
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.constantFrom(...changes), (sequence, change) => {
        const rows = chain(6).map((row) => (row.sequence === sequence ? { ...row, ...change } : row));
        expect(verifyJournal(rows)).toStrictEqual({ intact: false, broken: { sequence, fault: 'hash' } });
      }),
    );
  });

  it('finds rows that were taken out, doubled, swapped or hashed anew', () => {
    const rows = chain(4);
    const [one, two, three, four] = rows;
    if (!one || !two || !three || !four) throw new Error('the chain is too short');
    const broken = (sequence: number, fault: string): unknown => ({
      intact: false,
      broken: { sequence, fault },
    });
    expect(verifyJournal([two, three])).toStrictEqual(broken(2, 'gap'));
    expect(verifyJournal([one, three, four])).toStrictEqual(broken(3, 'gap'));
    expect(verifyJournal([one, two, two])).toStrictEqual(broken(2, 'gap'));
    expect(verifyJournal([one, three, two])).toStrictEqual(broken(3, 'gap'));
    const forged = { ...two, reason: 'forged' };
    expect(verifyJournal([one, { ...forged, hash: rowHash(forged) }, three])).toStrictEqual(
      broken(3, 'link'),
    );
  });
});
