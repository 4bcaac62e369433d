import { describe, expect, it } from 'vitest';
import { compileQuery } from './query.ts';
import { buildNote } from './testing/build-note.ts';

const spent = (counts: string): RegExp =>
  new RegExp(`^ +Prep \\d+\\.\\d{3} msecs, Exec \\d+\\.\\d{3} msecs, ${counts}$`, 'u');

function linesOf(text: string, notes: Parameters<ReturnType<typeof compileQuery>['explain']>[0]): string[] {
  return compileQuery(text).explain(notes).split('\n');
}

const people = [
  ...Array.from({ length: 6 }, (_, n) => buildNote({ Form: 'Person', lastname: n === 0 ? 'Aaron' : 'B' })),
  buildNote({ Form: 'Group' }),
];

describe('[DQ12] explain', () => {
  it('[DQ12] shows one term as HCL prints it', () => {
    const lines = linesOf("Form = 'person'", people);
    expect(lines.slice(0, 4)).toEqual([
      'Query Processed:',
      "[Form = 'person']",
      '',
      "0.Form = 'person' NSF document search estimated cost = 50",
    ]);
    expect(lines[4]).toMatch(spent('ScannedDocs 7, Entries 0, FoundDocs 6'));
    expect(lines.slice(5)).toEqual(['']);
  });

  it('[DQ12] narrows the documents from term to term of an AND and rolls the counts up', () => {
    const lines = linesOf("Form = 'Person' and lastname = 'Aaron' and Missing > 1.5e1", people);
    expect(lines[3]).toMatch(
      /^0\. AND {3}\t \(childct 3\) \(totals when complete:\) Prep .*ScannedDocs 14, Entries 0, FoundDocs 0$/u,
    );
    expect(lines[4]).toBe("  1.Form = 'Person' NSF document search estimated cost = 50");
    expect(lines[5]).toMatch(spent('ScannedDocs 7, Entries 0, FoundDocs 6'));
    expect(lines[7]).toMatch(spent('ScannedDocs 6, Entries 0, FoundDocs 1'));
    expect(lines[8]).toBe('  1.Missing > 15 NSF document search estimated cost = 50');
    expect(lines[9]).toMatch(spent('ScannedDocs 1, Entries 0, FoundDocs 0'));
  });

  it('[DQ12] nests groups by depth and prints dates in UTC, with -1 for what was not given', () => {
    const query =
      "a = @dt('2019-01-01T23:42:00+07:00') or (b = 'it''s' and not @Created > @dt('2007-01-02'))";
    const heads = linesOf(query, people).filter((line) => /^ *\d\./u.test(line));
    expect(heads.map((line) => line.replace(/ \(totals.*/u, ''))).toEqual([
      '0. OR   \t (childct 2)',
      '  1.a = 2019-01-01T16:42:00.00Z NSF document search estimated cost = 50',
      '  1. AND   \t (childct 2)',
      "    2.b = 'it''s' NSF document search estimated cost = 50",
      '    2.NOT @Created > 2007-01-02T-1:-1:-1.-1Z NSF document search estimated cost = 50',
    ]);
  });
});
