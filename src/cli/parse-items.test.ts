import { describe, expect, it } from 'vitest';
import { UsageError } from './exit-codes.ts';
import { parseItems } from './parse-items.ts';

describe('parseItems', () => {
  it.each([
    ['HoTen=Nguyễn = Ánh', 'HoTen', { type: 'text', values: ['Nguyễn = Ánh'] }],
    ['HoTen=', 'HoTen', { type: 'text', values: [''] }],
    ['GhiChu=dòng 1\ndòng 2', 'GhiChu', { type: 'text', values: ['dòng 1\ndòng 2'] }],
    ['$Tuoi:number=-1.5e3', '$Tuoi', { type: 'number', values: [-1500] }],
    ['Tuoi:number=', 'Tuoi', { type: 'number', values: [] }],
    ['Ngay:datetime=2026-02-28', 'Ngay', { type: 'datetime', values: ['2026-02-28'] }],
    ['Ngay:datetime=T08:30:00', 'Ngay', { type: 'datetime', values: ['T08:30:00'] }],
    [
      'Ngay:datetime=2026-01-31T08:30+07:00',
      'Ngay',
      { type: 'datetime', values: ['2026-01-31T01:30:00.00Z'] },
    ],
    [
      'Ngay:datetime=2026-01-31T08:30:00.129Z',
      'Ngay',
      { type: 'datetime', values: ['2026-01-31T08:30:00.12Z'] },
    ],
    [
      'DocReaders:readers=[BiThu]',
      'DocReaders',
      { type: 'text', values: ['[BiThu]'], names: true, readers: true },
    ],
    ['A:authors=CN=x/O=y', 'A', { type: 'text', values: ['CN=x/O=y'], names: true, authors: true }],
  ])('%j', (setting, name, item) => {
    expect(parseItems([setting])).toEqual({ [name]: item });
  });

  it('makes a list of a repeated name, in the order given', () => {
    expect(parseItems(['A=2', 'B=x', 'A=1'])).toEqual({
      A: { type: 'text', values: ['2', '1'], list: true },
      B: { type: 'text', values: ['x'] },
    });
  });

  it('keeps a name that objects know', () => {
    expect(Object.entries(parseItems(['__proto__=x']))).toEqual([
      ['__proto__', { type: 'text', values: ['x'] }],
    ]);
  });

  it.each([
    'HoTen',
    '=x',
    'A B=x',
    'A:richtext=x',
    'A:number=một',
    'A:datetime=31/01/2026',
    'A:datetime=2026-02-30',
    'A:datetime=2026-01-31T08:30:00',
  ])('refuses %j', (setting) => {
    expect(() => parseItems([setting])).toThrow(UsageError);
  });

  it('refuses one item with two types', () => {
    expect(() => parseItems(['A=1', 'A:number=1'])).toThrow('the types text and number');
  });
});
