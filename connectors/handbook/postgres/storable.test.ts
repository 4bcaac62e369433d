import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStorable } from './storable.ts';

describe('isStorable', () => {
  it.each([['a\u0000'], ['\ud800'], ['x\udc00'], ['\\\u0000'], ['\\\\\ud83d']])(
    'refuses %j, wherever it stands',
    (text) => {
      expect(isStorable(text)).toBe(false);
      expect(isStorable({ fields: [{ [text]: 1 }] })).toBe(false);
    },
  );

  it.each([['\\u0000'], ['\\\\u0000'], ['\\ud800'], ['😀'], ['ễ'], ['\u0001\n"\\']])('takes %j', (text) => {
    expect(isStorable({ a: [text] })).toBe(true);
  });

  it('says of any text what looking at its characters says', () => {
    const part = fc.constantFrom('\\', 'u0000', '\u0000', '\ud800', '\udc00', '😀', 'a', '"');
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (text) => {
          expect(isStorable(text)).toBe(text.isWellFormed() && !text.includes('\u0000'));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
