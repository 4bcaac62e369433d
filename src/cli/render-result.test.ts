import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderResult } from './render-result.ts';
import { printable, widthOf } from './terminal-text.ts';

describe('renderResult', () => {
  it('lines up composed and decomposed Vietnamese', () => {
    const text = renderResult([
      { ten: 'Nguyễn Thị Ước', tuoi: 7 },
      { ten: 'Đỗ Ý'.normalize('NFD'), tuoi: 41 },
    ]);
    expect(text).toBe(
      [
        'ten             tuoi',
        '--------------  ----',
        'Nguyễn Thị Ước     7',
        `${'Đỗ Ý'.normalize('NFD')}              41`,
        '',
      ].join('\n'),
    );
  });

  it('shows an object as lines, its lists as tables', () => {
    expect(
      renderResult({
        link: 'a',
        isPaused: false,
        since: null,
        lanes: ['pull', 'push'],
        items: [{ pendingDeletes: 2 }],
        inner: { x: 1 },
        none: [],
      }),
    ).toBe(
      [
        'link       a',
        'is paused  no',
        'since      -',
        'lanes      pull, push',
        'none       -',
        '',
        'items:',
        '  pending deletes',
        '  ---------------',
        '                2',
        '',
        'inner:',
        '  x  1',
        '',
      ].join('\n'),
    );
  });

  it('says when there is nothing', () => {
    expect(renderResult([])).toBe('none\n');
    expect(renderResult(null)).toBe('-\n');
  });

  it('never lets data steer the terminal', () => {
    expect(renderResult([{ a: 'x\u001B[2J\u202Ey\nz' }])).toBe(
      'a\n----------------\nx\uFFFD[2J\uFFFDy ⏎ z\n'.replace(
        '----------------',
        '-'.repeat(widthOf('x\uFFFD[2J\uFFFDy ⏎ z')),
      ),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // oxlint-disable-next-line no-control-regex
        expect(renderResult(value)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
      }),
    );
  });

  it('keeps every letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{M}\p{N} ]+$/u), (text) => {
        expect(printable(text)).toBe(text);
        expect(renderResult([{ v: `<${text}>` }])).toContain(`<${text}>`);
      }),
    );
  });
});
