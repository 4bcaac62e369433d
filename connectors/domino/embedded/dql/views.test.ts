import { describe, expect, test } from 'vitest';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { numberItem, textItem } from '../engine/item-builders.ts';
import { temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { compileQuery, DqlError } from './query.ts';
import { type DqlSwitches, HARSH_DQL } from './switches.ts';

function found(database: EmbeddedDatabase, query: string, switches: Partial<DqlSwitches> = {}): string[] {
  const design = database.design.forQueries();
  const compiled = compileQuery(query, [], { design, switches: { ...HARSH_DQL, ...switches } });
  return database
    .query(compiled)
    .matches.flatMap(
      ({ unid }) =>
        database
          .read(unid)
          ?.items.flatMap(({ name, value }) =>
            name === 'Name' && value.type === 'text' ? value.values : [],
          ) ?? [],
    )
    .sort();
}

function refusal(database: EmbeddedDatabase, query: string, switches: Partial<DqlSwitches> = {}): string {
  try {
    found(database, query, switches);
  } catch (error) {
    if (error instanceof DqlError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'answered';
}

function add(
  database: EmbeddedDatabase,
  Name: string,
  Form: string,
  Age: number,
  Tags: string[] = [],
): string {
  return database.create([
    textItem('Name', Name),
    textItem('Form', Form),
    numberItem('Age', Age),
    textItem('Tags', Tags),
  ]).unid;
}

/** Three notes, a view of all, one of members, a folder; catalogued and built. */
function staged(): Disposable & {
  database: EmbeddedDatabase;
  domino: ReturnType<typeof temporaryDomino>;
  unids: string[];
} {
  const domino = temporaryDomino();
  const { database } = domino;
  const unids = [
    add(database, 'a', 'Member', 30, ['x', 'y']),
    add(database, 'b', 'Member', 50),
    add(database, 'c', 'Task', 30, ['y']),
  ];
  database.design.putView({
    name: 'All\\People',
    aliases: ['people'],
    columns: [
      { name: 'who', item: 'Name', sorted: 'ascending' },
      { name: 'age', item: 'Age', clickSort: true },
      { name: 'tag', item: 'Tags', clickSort: true, separateValues: true },
      { name: 'firstTag', item: 'Tags', clickSort: true },
      { name: 'unsorted', item: 'Form' },
      { name: 'grouped', item: 'Form', clickSort: true, categorized: true },
    ],
  });
  database.design.putView({
    name: 'Members',
    selection: { Form: ['member'] },
    columns: [{ name: 'age', item: 'Age', sorted: 'ascending' }],
  });
  database.design.putView({ name: 'Chosen', kind: 'folder' });
  database.design.putInFolder('chosen', unids.slice(1));
  database.design.buildViews();
  database.design.catalog();
  return { database, domino, unids, [Symbol.dispose]: () => domino[Symbol.dispose]() };
}

describe('terms on views and folders', () => {
  test('[DQ13] a column is named by its programmatic name, view and column without regard to case, a backslash doubled', () => {
    using s = staged();
    expect(found(s.database, "'people'.AGE = 30")).toEqual(['a', 'c']);
    expect(found(s.database, "'all\\\\PEOPLE'.who >= 'B'")).toEqual(['b', 'c']);
    expect(found(s.database, "'people'.age in (30, 50) and not 'people'.tag = 'y'")).toEqual(['b']);
    expect(refusal(s.database, "'all\\people'.age = 30")).toMatch(
      /^design: .*\['allpeople'\.age\].*updall -e/u,
    );
    expect(found(s.database, "'all\\people'.age = 30", { backslash: 'literal' })).toEqual(['a', 'c']);
  });

  test('[DQ13] separate entries find every value of a list, one entry only the first', () => {
    using s = staged();
    expect(found(s.database, "'people'.tag = 'Y'")).toEqual(['a', 'c']);
    expect(found(s.database, "'people'.firstTag = 'y'")).toEqual(['c']);
  });

  test('[DQ14] a column that is not there, not sorted or categorized fails; so does a database without a design catalog', () => {
    using s = staged();
    for (const column of ['unsorted', 'grouped', 'nothing']) {
      expect(refusal(s.database, `'people'.${column} = 'x'`)).toMatch(/^design: .*no valid sorted column/u);
    }
    using bare = temporaryDomino();
    bare.database.design.putView({ name: 'V', columns: [{ name: 'a', item: 'A', sorted: 'ascending' }] });
    bare.database.design.buildViews();
    expect(refusal(bare.database, "'V'.a = 'x'")).toMatch(/^design: .*needs to be cataloged via updall -e/u);
    expect(refusal(bare.database, "A = 'x'")).toBe('answered');
    expect(refusal(bare.database, "in ('V')")).toMatch(/^design: .*\[V\] does not exist or open failed/u);
    expect(refusal(bare.database, "in ('V')", { inNeedsCatalog: 'no' })).toBe('answered');
  });

  test('[DQ14] a view that selects less than all is refused as documented, or finds only its own documents', () => {
    using s = staged();
    expect(refusal(s.database, "'Members'.age = 30")).toMatch(/^design: .*Select @All/u);
    expect(found(s.database, "'Members'.age = 30", { viewSelection: 'scoped' })).toEqual(['a']);
  });

  test('[DQ14] a view that was never built is not built by a query; a new design is not known before the catalog has it', () => {
    using s = staged();
    s.database.design.putView({
      name: 'people',
      columns: [{ name: 'form', item: 'Form', sorted: 'ascending' }],
    });
    expect(refusal(s.database, "'people'.form = 'Task'")).toMatch(/no valid sorted column/u);
    s.database.design.catalog();
    s.database.design.removeView('All\\People');
    s.database.design.catalog();
    expect(refusal(s.database, "'people'.form = 'Task'")).toMatch(/View never built \[people\]/u);
    s.database.design.buildViews();
    expect(found(s.database, "'people'.form = 'Task'")).toEqual(['c']);
    s.database.design.removeView('people');
    expect(refusal(s.database, "'people'.form = 'Task'")).toMatch(/does not exist or open failed/u);
  });

  test('[DQ14] partial dates are an error of view terms', () => {
    using s = staged();
    expect(refusal(s.database, "'people'.age < @dt('2018-09-01')")).toMatch(/^design: Partial TIMEDATEs/u);
    expect(refusal(s.database, "'people'.age = @dt('02:09:52')")).toMatch(/^design: Partial TIMEDATEs/u);
    expect(refusal(s.database, "'people'.age < @dt('2018-09-01T00:00:00Z')")).toBe('answered');
  });

  test('[DQ15] an index knows what was saved before it was built, a folder what was put into it', () => {
    using s = staged();
    s.domino.time += 1000;
    add(s.database, 'd', 'Member', 30);
    expect(found(s.database, "'people'.age = 30")).toEqual(['a', 'c']);
    expect(found(s.database, "'people'.age = 30", { viewIndex: 'fresh' })).toEqual(['a', 'c', 'd']);
    s.database.design.buildViews();
    expect(found(s.database, "'people'.age = 30")).toEqual(['a', 'c', 'd']);
  });

  test('[DQ15] a field whose view could answer is answered by it, stale as it is; others are scanned', () => {
    using s = staged();
    s.domino.time += 1000;
    add(s.database, 'd', 'Member', 30, ['y']);
    expect(found(s.database, "Tags = 'y'")).toEqual(['a', 'c']);
    expect(found(s.database, "Tags = 'y'", { viewIndex: 'fresh' })).toEqual(['a', 'c', 'd']);
    expect(found(s.database, 'Age = 30')).toEqual(['a', 'c', 'd']);
  });

  test('[DQ15] in: any of the views and folders; in all: every one', () => {
    using s = staged();
    expect(found(s.database, "in ('Members', 'Chosen')")).toEqual(['a', 'b', 'c']);
    expect(found(s.database, "in all ('Members', 'chosen')")).toEqual(['b']);
    expect(found(s.database, "in ('people') and not in ('Members')")).toEqual(['c']);
    s.database.design.removeFromFolder('Chosen', s.unids.slice(1, 2));
    expect(found(s.database, "in ('Chosen')")).toEqual(['c']);
  });

  test('[DQ11] index terms are charged in view entries, not in documents', () => {
    using s = staged();
    const run = (query: string, limits: object): string => {
      try {
        const design = s.database.design.forQueries();
        return String(s.database.query(compileQuery(query, [], { design }), { limits }).matches.length);
      } catch (error) {
        return (error as DqlError).code;
      }
    };
    expect(run("'people'.age = 30", { maxDocumentsScanned: 1, maxViewEntriesScanned: 2 })).toBe('2');
    expect(run("'people'.age = 30", { maxViewEntriesScanned: 1 })).toBe('entry-limit');
    expect(run("in ('Chosen')", { maxViewEntriesScanned: 1 })).toBe('entry-limit');
    expect(run('Age = 30', { maxDocumentsScanned: 2, maxViewEntriesScanned: 1 })).toBe('scan-limit');
  });

  test('[DQ12] explain names the way each term goes, the cheap ones first', () => {
    using s = staged();
    const design = s.database.design.forQueries();
    const text = compileQuery("Age = 30 and in ('Members') and 'people'.tag = 'x'", [], { design }).explain(
      s.database.notes(),
    );
    expect(text.split('\n').filter((line) => /^ *1\./u.test(line))).toEqual([
      "  1.'people'.tag = 'x' View Column Search estimated cost = 10",
      "  1.IN 'Members' View NoteID Extract estimated cost = 20",
      '  1.Age = 30 NSF document search estimated cost = 50',
    ]);
    expect(text).toMatch(/ScannedDocs 0, Entries 1, FoundDocs 1/u);
    expect(text).toMatch(/ScannedDocs 1, Entries 0, FoundDocs 1/u);
  });

  test('[DQ14] the design is kept with the file', () => {
    using s = staged();
    s.domino.reopen();
    expect(found(s.domino.database, "'people'.age = 50")).toEqual(['b']);
  });
});
