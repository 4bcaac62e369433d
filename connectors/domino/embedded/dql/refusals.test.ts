import { describe, expect, it } from 'vitest';
import { compileQuery, DqlError } from './query.ts';

function codeOf(query: string, args?: readonly unknown[]): string {
  try {
    compileQuery(query, args);
    return 'compiled';
  } catch (error) {
    if (error instanceof DqlError) return error.code;
    throw error;
  }
}

describe('[DQ1] [DQ2] refusals', () => {
  it.each([
    '',
    '   ',
    'not a = 1',
    'a = 1 and (not b = 1)',
    'a=1',
    "a ='x'",
    'a = 1and b = 2',
    'a != 1',
    "a = 'x",
    'a = ',
    'a in 1',
    'a in ()',
    '(a = 1',
    'a = 1)',
    '@Other = 1',
    "@FTSearch('a') >= 100",
    "@Created contains ('x')",
    "'view'.column contains ('x')",
    "'view' = 'x'",
    "in 'view'",
    'in (1)',
    'contains (1)',
    `@fl('${'x'.repeat(257)}')`,
    `@FTSearch('${'x'.repeat(257)}')`,
    '@Created = 1',
    '@DocumentUniqueID = 1',
    "@Created > @dt('10:00:00')",
    `${'('.repeat(5000)}a = 1`,
    `a = '${'x'.repeat(65536)}'`,
  ])('case %$ is a syntax error', (query) => {
    expect(codeOf(query)).toBe('syntax');
  });

  it.each([
    "Body contains ('x')",
    "Body contains all ('x', 'y')",
    "contains ('x')",
    "in ('view1', 'folder2')",
    "in all ('view1')",
    "'view'.column = 'x'",
    "'view'.column in ('x')",
    "@FTSearch('a')",
    "a = 1 and @FTS('a')",
  ])('[DQ16] %s lacks a view or an index', (query) => {
    expect(codeOf(query)).toBe('design');
  });

  it.each([
    ["@formula('a = 1')", 'compiled'],
    ["@fl('@doclength') > ?n and a = 1", 'compiled'],
    ["@FORMULA('a') in ('x')", 'compiled'],
    ["@formula('@DbLookup(a)')", 'unsupported'],
    ["@formula('@UserName = a')", 'unsupported'],
    ["@formula('a := 1; a')", 'unsupported'],
    ["@formula('a = ')", 'syntax'],
    ["@formula('@Left(a)')", 'syntax'],
    ["@formula('a') != 1", 'syntax'],
    ["@formula('a') contains ('x')", 'syntax'],
  ])(
    '[DQ17] a formula that DQL or this engine does not take fails when it is compiled: %s',
    (query, code) => {
      expect(codeOf(query, [{ name: 'n', value: 1 }])).toBe(code);
    },
  );

  it('says where', () => {
    expect(() => compileQuery('a = 1 and\n b b')).toThrow('"b" at line 2 column 4');
    expect(() => compileQuery('a =')).toThrow('the end');
  });
});

describe('[DQ9] values for variables', () => {
  it.each<[string, readonly unknown[]]>([
    ['a = ?', []],
    ['a = ? and b = ?', ['x']],
    ['a = ?Name', [{ name: 'name', value: 'x' }]],
    ['a = ?', [null]],
    ['a = ?', [Number.NaN]],
    ['a = ?', ['x'.repeat(257)]],
    ['a = ?x2345678901234567', [{ name: 'x2345678901234567', value: 1 }]],
  ])('%s with %j is a syntax error', (query, args) => {
    expect(codeOf(query, args)).toBe('syntax');
  });
});
