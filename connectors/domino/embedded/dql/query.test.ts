import { describe, expect, it } from 'vitest';
import type { ItemFlags, NotesDateTime, StoredItem, StoredNote, StoredValue } from '../stored-note.ts';
import { type CompiledQuery, compileQuery as compile, DqlError } from './query.ts';
import { HARSH_DQL } from './switches.ts';

/** Partial dates as documented: that they find nothing on Domino 10 has a test of its own. */
function compileQuery(query: string, args: readonly unknown[] = []): CompiledQuery {
  return compile(query, args, { switches: { ...HARSH_DQL, partialDates: 'as-documented' } });
}

const summary: ItemFlags = { summary: true };
const unid = '0123456789ABCDEF0123456789ABCDEF';

function text(name: string, ...values: string[]): StoredItem {
  return { name, value: { type: 'text', values, list: values.length !== 1 }, flags: summary };
}

function number(name: string, ...values: number[]): StoredItem {
  return { name, value: { type: 'number', values, list: values.length !== 1 }, flags: summary };
}

function datetime(name: string, ...values: Partial<NotesDateTime>[]): StoredItem {
  const empty: NotesDateTime = { date: null, time: null, zone: null, dst: false };
  const value: StoredValue = {
    type: 'datetime',
    values: values.map((part) => ({ ...empty, ...part })),
    ranges: [],
    list: values.length !== 1,
  };
  return { name, value, flags: summary };
}

function note(items: readonly StoredItem[], fields: Partial<StoredNote> = {}): StoredNote {
  return {
    unid,
    noteId: 0x8f6,
    sequence: 1,
    sequenceTime: 0,
    created: Date.UTC(2024, 0, 2, 3, 4, 5, 60),
    modifiedInFile: Date.UTC(2024, 0, 2, 3, 4, 5, 70),
    addedToFile: 0,
    parent: null,
    conflict: false,
    items,
    ...fields,
  };
}

function codeOf(query: string, args?: readonly unknown[]): string {
  try {
    compileQuery(query, args);
    return 'compiled';
  } catch (error) {
    if (error instanceof DqlError) return error.code;
    throw error;
  }
}

const member = note([
  text('Form', 'DangVien'),
  text('HoTen', 'Nguyễn Văn Đức'),
  text('ChiBo', 'Chi bộ 1', 'Chi bộ 2'),
  text('Quote', "it's"),
  number('Nam', 1975, 2e3),
  datetime('NgaySinh', { date: '1975-05-21' }),
  datetime('Gio', { time: '06:03:06.52' }),
  datetime('HopLuc', { date: '2024-03-01', time: '01:30:00.25', zone: '+0700' }),
  datetime('Trong', {}),
  { ...text('Body', 'hidden'), flags: {} },
]);

describe('[DQ6] [DQ7] terms', () => {
  it.each([
    ["Form = 'dangvien'", true],
    ["form = 'DANGVIEN'", true],
    ["HoTen = 'nguyen van duc'", true],
    ["HoTen = 'Nguyễn Văn Đực'", true],
    ["HoTen = 'nguyen van du'", false],
    ["HoTen > 'nguyen' and HoTen < 'p'", true],
    ["Quote = 'it''s'", true],
    ["ChiBo = 'chi bo 2'", true],
    ["ChiBo in ('x', 'chi bo 1')", true],
    ["ChiBo in all ('chi bo 1', 'chi bo 2')", true],
    ["ChiBo in all ('chi bo 1', 'x')", false],
    ['Nam = 1975', true],
    ['Nam = 1.975E+3', true],
    ['Nam > 1999.5', true],
    ['Nam < 1975', false],
    ['Nam <= 1975', true],
    ["Nam = '1975'", false],
    ['Form = 1', false],
    ["Body = 'hidden'", false],
    ["Missing = ''", false],
    ["@DocumentUniqueID = '0123456789abcdef0123456789abcdef'", true],
    ["@documentuniqueid in ('X', '0123456789ABCDEF0123456789ABCDEF')", true],
    ['@All', true],
  ])('%s is %s', (query, expected) => {
    expect(compileQuery(query).matches(member)).toBe(expected);
  });
});

describe('[DQ8] datetimes', () => {
  it.each([
    ["NgaySinh = @dt('1975-05-21')", true],
    ["NgaySinh > @dt('1975-05-21')", false],
    ["NgaySinh >= @dt('1975-05-21')", true],
    ["NgaySinh <= @dt('1975-05-21')", true],
    ["NgaySinh < @dt('1975-05-22T00:00:00Z')", true],
    ["HopLuc = @dt('2024-02-29T18:30:00.25Z')", true],
    ["HopLuc = @dt('2024-03-01T01:30:00.25+07:00')", true],
    ["HopLuc = @dt('2024-02-29T18:30:00.25')", true],
    ["HopLuc = @dt('2024-02-29T18:30:00.24Z')", false],
    ["HopLuc = @dt('2024-02-29')", true],
    ["HopLuc = @dt('2024-03-01')", false],
    ["HopLuc = @dt('18:30:00.25')", true],
    ["Gio = @dt('06:03:06.52Z')", true],
    ["Gio < @dt('06:03:06.52Z')", false],
    ["Gio > @dt('05:00:00')", true],
    ["Gio = @dt('1975-05-21')", false],
    ["Trong >= @dt('1900-01-01')", false],
    ["@Created = @dt('2024-01-02T03:04:05.06Z')", true],
    ["@Created = @dt('2024-01-02T03:04:05Z')", false],
    ["@ModifiedInThisFile >= @dt('2024-01-02T03:04:05.07Z')", true],
    ["@ModifiedInThisFile > @dt('2024-01-02T03:04:05.07Z')", false],
    ["@ModifiedInThisFile < @dt('2024-01-02T03:04:05.08Z')", true],
    ["@ModifiedInThisFile <= @dt('2024-01-02')", true],
  ])('%s is %s', (query, expected) => {
    expect(compileQuery(query).matches(member)).toBe(expected);
  });

  it.each(['2024-02-30', '2024-13-01', '24:00:00', '2024-01', 'yesterday', '', '2024-01-01T00:00:00+25:00'])(
    'refuses %j',
    (text) => {
      expect(codeOf(`x = @dt('${text}')`)).toBe('syntax');
    },
  );

  it('ends a range at either side', () => {
    const from: NotesDateTime = { date: '2024-01-01', time: null, zone: null, dst: false };
    const value: StoredValue = {
      type: 'datetime',
      values: [],
      ranges: [[from, { ...from, date: '2024-01-09' }]],
      list: false,
    };
    const ranged = note([{ name: 'Nghi', value, flags: summary }]);
    expect(compileQuery("Nghi = @dt('2024-01-09')").matches(ranged)).toBe(true);
    expect(compileQuery("Nghi = @dt('2024-01-05')").matches(ranged)).toBe(false);
  });
});

describe('[DQ3] booleans', () => {
  it.each([
    ["Nam = 1 or Form = 'DangVien' and Nam = 1975", true],
    ["(Nam = 1 or Form = 'DangVien') and Nam = 1", false],
    ["Nam = 1975 and not Form = 'X'", true],
    ["Nam = 1 or not Form = 'X' and Nam = 1", false],
    ["Nam = 1 OR NOT (Form = 'X' and Nam = 1)", true],
  ])('%s is %s', (query, expected) => {
    expect(compileQuery(query).matches(member)).toBe(expected);
  });
});

describe('[DQ9] substitution', () => {
  it.each<[string, readonly unknown[], boolean]>([
    ['Form = ?', ['dangvien'], true],
    ['Form = ? and Nam = ?', ['dangvien', 1975], true],
    ['Nam = ? and Form = ?', ['dangvien', 1975], false],
    ['Form = ?form', [{ name: 'form', value: 'dangvien' }], true],
    [
      'Nam in (?a, ?b)',
      [
        { name: 'a', value: 1 },
        { name: 'b', value: 2000 },
      ],
      true,
    ],
    ['@Created = ?', [new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 60))], true],
    ['@Created = ?', [{ type: 'datetime', data: '2024-01-02T03:04:05.06Z' }], true],
    ['HoTen = ?', ["x' or @all"], false],
  ])('%s with %j is %s', (query, args, expected) => {
    expect(compileQuery(query, args).matches(member)).toBe(expected);
  });

  it('starts counting anew with every query', () => {
    expect(compileQuery('Form = ?', ['dangvien']).matches(member)).toBe(true);
    expect(codeOf('Form = ? and = ?', ['dangvien'])).toBe('syntax');
    expect(compileQuery('Form = ?', ['dangvien']).matches(member)).toBe(true);
  });
});

describe('hints', () => {
  const nothing = {
    modifiedFrom: null,
    modifiedTo: null,
    createdFrom: null,
    createdTo: null,
    unids: null,
    items: [],
  };
  const noon = Date.UTC(2024, 0, 1, 12);

  it('narrow by conjunctions', () => {
    const query =
      "Form = 'A' and @ModifiedInThisFile >= @dt('2024-01-01T12:00:00Z') and @ModifiedInThisFile <= @dt('2024-01-01T12:00:00Z') and form = 'a'";
    expect(compileQuery(query).hints).toEqual({
      ...nothing,
      modifiedFrom: noon,
      modifiedTo: noon + 10,
      items: [{ name: 'Form', text: 'A' }],
    });
  });

  it('widen by alternatives and lists', () => {
    const query =
      "@Created < @dt('2024-01-01T12:00:00Z') and Form = 'A' or @created = @dt('2024-01-02') and form = 'a' and x = 'y'";
    expect(compileQuery(query).hints).toEqual({
      ...nothing,
      createdTo: Date.UTC(2024, 0, 3),
      items: [{ name: 'Form', text: 'A' }],
    });
    expect(compileQuery("@DocumentUniqueID in ('ab', 'CD')").hints).toEqual({
      ...nothing,
      unids: ['AB', 'CD'],
    });
    expect(compileQuery("@DocumentUniqueID = 'ab' or Form = 'x'").hints).toEqual(nothing);
  });

  it('say nothing of what is negated', () => {
    expect(compileQuery("@all and not @DocumentUniqueID = 'AB'").hints).toEqual(nothing);
  });

  it('tell @all from everything else', () => {
    expect(compileQuery('@all').isAll).toBe(true);
    expect(compileQuery('@all and @all').isAll).toBe(false);
  });
});
