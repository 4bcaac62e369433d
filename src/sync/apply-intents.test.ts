import { describe, expect, it } from 'vitest';
import { applyIntents } from './apply-intents.ts';
import type { Intent } from './pair.ts';
import { note, record } from './testing/sample-mapping.ts';

const intent = (side: Intent['side'], fields: Intent['fields']): Intent => ({
  opId: `op-${side}`,
  pairId: 'pair',
  side,
  kind: 'update',
  fields,
  fence: 1,
  settlesAt: '2026-03-01T00:00:00Z',
});
const absent = { kind: 'absent', version: 0 } as const;

describe('applyIntents', () => {
  it('[IN2] moves the base to an intended value that the side shows', () => {
    expect(applyIntents({ a: 'x', b: 'x' }, [intent('notes', { a: 'y' })], note({ a: 'y' }), absent)).toEqual(
      {
        a: 'y',
        b: 'x',
      },
    );
    expect(
      applyIntents({ a: 'x' }, [intent('handbook', { a: null })], { kind: 'missing' }, record({ a: null })),
    ).toEqual({ a: null });
  });

  it('[IN2] leaves the base where the side shows something else, or nothing', () => {
    const base = { a: 'x' };
    expect(applyIntents(base, [intent('notes', { a: 'y' })], note({ a: 'x' }), absent)).toEqual(base);
    expect(applyIntents(base, [intent('notes', { a: 'y' })], note({}), absent)).toEqual(base);
    expect(applyIntents(base, [intent('notes', { a: 'y' })], { kind: 'missing' }, absent)).toEqual(base);
    expect(applyIntents(base, [intent('handbook', { a: 'y' })], note({ a: 'y' }), absent)).toEqual(base);
  });

  it('[IN2] [PL8] knows that what a create brought into being held every intended value: another one is an edit', () => {
    const created = { ...intent('handbook', { a: 'y', b: 'y' }), kind: 'create' } as const;
    expect(applyIntents({}, [created], note({}), record({ a: 'y', b: 'z' }))).toEqual({ a: 'y', b: 'y' });
    // Not landed, or known better since.
    expect(applyIntents({}, [created], note({}), absent)).toEqual({});
    expect(applyIntents({ b: 'x' }, [created], note({}), record({ a: 'y', b: 'z' }))).toEqual({
      a: 'y',
      b: 'x',
    });
  });

  it('[IN2] believes the handbook that it applied a write, in the order in which it did, whatever shows now', () => {
    const later = { ...intent('handbook', { a: 'z' }), landedAt: 3 };
    const first = { ...intent('handbook', { a: 'y' }), landedAt: 2 };
    expect(applyIntents({ a: 'x' }, [later, first], note({}), record({ a: 'member' }))).toEqual({ a: 'z' });
    // What was sealed may have been laid over it.
    expect(applyIntents({}, [first], note({}), record({ a: 'member' }))).toEqual({});
  });

  it('[IN2] judges each field of a write on its own', () => {
    expect(
      applyIntents({}, [intent('handbook', { a: 'y', b: 'y' })], note({}), record({ a: 'y', b: 'z' })),
    ).toEqual({ a: 'y' });
  });
});
