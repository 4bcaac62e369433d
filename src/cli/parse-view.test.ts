import { expect, test } from 'vitest';
import { UsageError } from './exit-codes.ts';
import { parseColumn, parseSelection } from './parse-view.ts';

const plain = {
  name: 'a',
  item: 'A',
  sorted: 'none',
  clickSort: false,
  categorized: false,
  separateValues: false,
};

test.each([
  ['a=A', plain],
  ['a=A:ascending', { ...plain, sorted: 'ascending' }],
  ['a=A:descending,click', { ...plain, sorted: 'descending', clickSort: true }],
  [
    '$1=Tổ:categorized,separate',
    { ...plain, name: '$1', item: 'Tổ', categorized: true, separateValues: true },
  ],
])('parseColumn(%j)', (text, column) => {
  expect(parseColumn(text)).toEqual(column);
});

test.each(['a', '=A', 'a=', 'a=A:', 'a=A:up', 'a=A:ascending,descending', 'a b=A', 'a=A=B'])(
  'parseColumn refuses %j',
  (text) => {
    expect(() => parseColumn(text)).toThrow(UsageError);
  },
);

test('parseSelection collects the values of an item, and takes all where nothing is said', () => {
  expect(parseSelection([])).toBe('all');
  expect(parseSelection(['Form=A', 'Form=B c', 'X='])).toEqual({ Form: ['A', 'B c'], X: [''] });
  expect(() => parseSelection(['Form'])).toThrow(UsageError);
});
