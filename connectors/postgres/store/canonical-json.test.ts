import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('orders keys by code unit at every depth and leaves undefined out', () => {
    const value = { b: [{ z: 1, a: null }], a: undefined, B: 'x', é: true };
    expect(canonicalJson(value)).toBe('{"B":"x","b":[{"a":null,"z":1}],"é":true}');
  });

  it('reads back as the same data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toStrictEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is the same whatever order the keys were added in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), { selector: ([key]) => key }),
        (members) => {
          const backwards = Object.fromEntries([...members].reverse());
          expect(canonicalJson(backwards)).toBe(canonicalJson(Object.fromEntries(members)));
        },
      ),
    );
  });
});
