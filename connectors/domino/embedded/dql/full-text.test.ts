import { describe, expect, test } from 'vitest';
import { dateTimeItem, numberItem, richTextItem, textItem } from '../engine/item-builders.ts';
import { temporaryDomino, type TemporaryDomino } from '../engine/testing/temporary-domino.ts';
import { compositeData } from '../rich-text/composite-data.ts';
import { compileQuery, DqlError } from './query.ts';
import { type DqlSwitches, HARSH_DQL } from './switches.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function found(
  { database }: TemporaryDomino,
  query: string,
  switches: Partial<DqlSwitches> = {},
  args: unknown[] = [],
): number {
  const design = database.design.forQueries();
  return database.query(compileQuery(query, args, { design, switches: { ...HARSH_DQL, ...switches } }))
    .matches.length;
}

function filled(): TemporaryDomino {
  const domino = temporaryDomino();
  domino.database.create([
    textItem('Subject', 'Nghị quyết Đại hội — brushed nickel, thresholding'),
    { ...textItem('Notes', 'not in the summary'), flags: {} },
    richTextItem(
      'Body',
      bytes('<par>Biên bản <run>họp</run> chi bộ</par><par><gif>hidden</gif></par>'),
      'dxl',
    ),
    numberItem('Size', 836),
    dateTimeItem('Day', { date: '2019-08-06', time: null, zone: null, dst: false }),
  ]);
  domino.database.create([
    textItem('Subject', ['hold', 'spinning wildly']),
    richTextItem('Body', compositeData(bytes('<par>Chương trình hành động</par>'))),
  ]);
  domino.database.design.updateFullText();
  return domino;
}

describe('contains', () => {
  test.each([
    ["contains ('nghi quyet')", 1],
    ["contains ('quyet nghi')", 0],
    ["Subject contains ('  NICKEL  ')", 1],
    ["Subject contains ('nickel', 'hold')", 2],
    ["Subject contains all ('nickel', 'hold')", 0],
    ["contains all ('bien ban', 'summary')", 1],
    ["Subject contains ('summary')", 0],
    ["Notes contains ('summary')", 1],
    ["Body contains ('hop chi bo')", 1],
    ["Body contains ('hidden')", 0],
    ["body contains ('hanh dong')", 1],
    ["Subject contains ('?????hold*')", 1],
    ["Subject contains ('hold')", 1],
    ["Subject contains ('h?ld')", 1],
    [`Subject contains ('${'h*'.repeat(100)}')`, 0],
    ["Subject contains ('th*h*i?g*')", 1],
    ["Subject contains ('*')", 0],
    ["Subject contains ('hold *')", 0],
    ["Subject contains ('brushed-nick*')", 1],
    ["Subject contains ('brushed-*')", 0],
    ["contains ('836')", 0],
    ["@all and not contains ('hold')", 1],
  ])('[DQ18] %s finds %i', (query, expected) => {
    using domino = filled();
    expect(found(domino, query)).toBe(expected);
  });

  test('[DQ18] takes variables, and nothing but text', () => {
    using domino = filled();
    expect(found(domino, 'Subject contains (?word)', {}, [{ name: 'word', value: 'nickel' }])).toBe(1);
    expect(() => found(domino, 'Subject contains (?)', {}, [836])).toThrow(/takes texts/u);
  });

  test('[DQ16] without a full-text index the query does not compile, and after its last update it knows nothing new', () => {
    using domino = filled();
    domino.time += 10;
    domino.database.create([textItem('Subject', 'nickel')]);
    expect(found(domino, "contains ('nickel')")).toBe(1);
    expect(found(domino, "contains ('nickel')", { fullTextIndex: 'fresh' })).toBe(2);
    domino.database.design.updateFullText();
    expect(found(domino, "contains ('nickel')")).toBe(2);
    domino.database.design.dropFullText();
    expect(() => found(domino, "contains ('nickel')")).toThrow(DqlError);
    expect(() => found(domino, "@FTSearch('nickel')")).toThrow(/full-text index/u);
  });

  test.each([
    ['nickel', 1],
    ['brushed NICKEL', 1],
    ['nickel brushed', 0],
    ['nickel and hold', 0],
    ['nickel, hold', 2],
    ['nickel accrue wildly | nothing', 2],
    ['nickel and not spinning', 1],
    ['! nickel', 1],
    ['(nickel or hold) and [body] contains (biên bản or chương trình)', 2],
    ['[Subject] = (hello)', 0],
    ['FIELD Subject CONTAINS thresh*', 1],
    ['FIELD Body CONTAINS nickel', 0],
    ['[Size] > 800', 1],
    ['[size] <= 835', 0],
    ['[Size] = 836', 1],
    ['[Subject] < (z)', 0],
    ['[Day] = 08/06/2019', 1],
    ['[Day] > 2019-08-06', 0],
    ['[Day] >= 2019-08-06', 1],
    ['TERMWEIGHT 80 nickel and termweight 20 brushed', 1],
    ['"or"', 0],
  ])('[DQ19] @FTSearch of %s finds %i', (search, count) => {
    using domino = filled();
    expect(found(domino, `@FTSearch('${search}')`)).toBe(count);
  });

  test.each([
    ['exactcase nickel', 'unsupported'],
    ['brass paragraph nickel', 'unsupported'],
    ['and nickel', 'syntax'],
    ['nickel and', 'syntax'],
    ['(nickel', 'syntax'],
    ['nickel)', 'syntax'],
    ['[Size] nickel', 'syntax'],
    ['"nickel', 'syntax'],
    ['', 'syntax'],
  ])('[DQ19] %j is nothing that the full-text engine could read, or not modelled', (search, code) => {
    using domino = filled();
    expect(() => found(domino, `@FTSearch('${search}')`)).toThrow(expect.objectContaining({ code }));
  });
});

test('[DQ8] a date alone is looked up in the full-text index where there is one, and knows no more than it', () => {
  using domino = filled();
  domino.time += 10;
  domino.database.create([dateTimeItem('Day', { date: '2019-08-06', time: null, zone: null, dst: false })]);
  const documented = { partialDates: 'as-documented' } as const;
  expect(found(domino, "Day = @dt('2019-08-06')", documented)).toBe(1);
  expect(found(domino, "Day >= @dt('2019-08-06T00:00:00Z')")).toBe(2);
  domino.database.design.dropFullText();
  expect(found(domino, "Day = @dt('2019-08-06')", documented)).toBe(2);
  expect(found(domino, "Day = @dt('2019-08-06')", { partialDates: 'find-nothing' })).toBe(0);
  expect(found(domino, "Day >= @dt('2019-08-06T00:00:00Z')", { partialDates: 'find-nothing' })).toBe(2);
});
