import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDate, isPartialDate, readPartialDate, writePartialDate } from './partial-date.ts';

describe('readPartialDate', () => {
  it.each([
    ['03/02/1960', '1960-02-03'],
    ['3/2/1960', '1960-02-03'],
    [' 3-2-1960 ', '1960-02-03'],
    ['03.02.1960', '1960-02-03'],
    ['02/1960', '1960-02'],
    ['2/1960', '1960-02'],
    ['1960', '1960'],
    ['1960-02-03', '1960-02-03'],
    ['1960-02', '1960-02'],
    ['1960/2/3', '1960-02-03'],
    ['29/02/2000', '2000-02-29'],
  ])('reads %j as %s', (typed, date) => {
    expect(readPartialDate(typed)).toBe(date);
  });

  it.each([
    '29/02/1900',
    '31/04/1960',
    '13/1960',
    '00/1960',
    '00/00/1960',
    '0000',
    '60',
    '1/1/60',
    '1960-02-03T00:00:00Z',
    'không rõ',
    '',
    '1960 ?',
  ])('refuses %j', (typed) => {
    expect(readPartialDate(typed)).toBeNull();
  });

  it('reads back what it writes', () => {
    const day = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    const partial = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([text, length]) => text.slice(0, length));
    fc.assert(
      fc.property(partial, (date) => {
        expect(readPartialDate(writePartialDate(date))).toBe(date);
      }),
    );
  });
});

it('tells whole dates from partial ones', () => {
  expect(isDate('2024-02-29')).toBe(true);
  expect([isDate('2023-02-29'), isDate('2024-02'), isDate('2024'), isDate('24-02-29')]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([isPartialDate('2024-02'), isPartialDate('2024'), isPartialDate('2024-02-29')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([
    isPartialDate('2024-13'),
    isPartialDate('2024-2'),
    isPartialDate('2024-02-29-01'),
    isPartialDate(''),
  ]).toEqual([false, false, false, false]);
});
