import { describe, expect, it } from 'vitest';
import { quotedBySources, quotedByTests, readRules, specProblems } from './spec-check.ts';

// Written apart so that this file quotes no rule of the real specification.
const id = (letters: string, digits: number) => `${letters}${digits}`;
const quoted = (letters: string, digits: number) => `[${id(letters, digits)}]`;

const SPEC = [
  '| word | meaning |',
  '| --- | --- |',
  '| pair | a bond |',
  '| id | rule | reason | enforced in | test |',
  '| --- | --- | --- | --- | --- |',
  `| ${id('AA', 1)} | one | because | \`src/a.ts\`, \`src/b.ts\` | tested |`,
  `| ${id('AA', 2)} | two | because | \`src/a.ts\` | untested |`,
].join('\n');
const files = new Set(['src/a.ts', 'src/b.ts']);
const rules = readRules(SPEC, 'A.md');
const none = { inTests: [], inSources: [], files, required: ['tested'] as const };

describe('readRules', () => {
  it('reads rows with an id, and no other table', () => {
    expect(rules).toEqual([
      { id: id('AA', 1), enforcedIn: ['src/a.ts', 'src/b.ts'], proof: 'tested', at: 'A.md:6' },
      { id: id('AA', 2), enforcedIn: ['src/a.ts'], proof: 'untested', at: 'A.md:7' },
    ]);
  });

  it('refuses a row with a column too many', () => {
    expect(() => readRules(`| ${id('AA', 1)} | a | b | c | d | e |`, 'A.md')).toThrow(/A\.md:1.*6 columns/);
  });
});

describe('quotedByTests', () => {
  const ids = (source: string) => quotedByTests('x.test.ts', source).map((quote) => quote.id);

  it('finds ids in the names of tests, whatever their form', () => {
    expect(
      ids(`
        describe('${quoted('AA', 1)} group', () => {
          it('${quoted('AA', 2)} ${quoted('AA', 3)} one', () => {});
          it.each([1, 2])(
            '${quoted('AA', 4)} each %i', () => {});
          test(\`${quoted('AA', 5)} \${name} ${quoted('AA', 6)}\`, () => {});
        });`),
    ).toEqual([1, 2, 3, 4, 5, 6].map((digits) => id('AA', digits)));
  });

  it('does not count comments, other strings and skipped tests', () => {
    expect(
      ids(`
        // ${quoted('AA', 1)}
        const text = '${quoted('AA', 2)}';
        it.skip('${quoted('AA', 3)} later', () => {});
        it.todo('${quoted('AA', 4)} later');
        expect('${quoted('AA', 5)}').toBe(text);`),
    ).toEqual([]);
  });
});

describe('specProblems', () => {
  const inTests = [{ id: id('AA', 1), file: 'x.test.ts' }];

  it('is content when every rule that must be is quoted', () => {
    expect(specProblems({ ...none, rules, inTests })).toEqual([]);
  });

  it('names a tested rule that no test quotes, and an untested one once those are required', () => {
    expect(specProblems({ ...none, rules })).toEqual([`A.md:6: no test is named ${quoted('AA', 1)}`]);
    expect(specProblems({ ...none, rules, inTests, required: ['tested', 'untested'] })).toEqual([
      `A.md:7: no test is named ${quoted('AA', 2)}`,
    ]);
  });

  it('names quotes of rules that do not exist', () => {
    const unknown = [{ id: id('AA', 9), file: 'y.test.ts' }];
    expect(specProblems({ ...none, rules, inTests: [...inTests, ...unknown] })).toEqual([
      `y.test.ts has a test for ${id('AA', 9)}, which is no rule`,
    ]);
    const source = `// ${quoted('AA', 9)}\nconst rule = '${id('AA', 8)}'; const other = '${id('ZZ', 1)}';`;
    expect(specProblems({ ...none, rules, inTests, inSources: quotedBySources('a.ts', source) })).toEqual([
      `a.ts quotes ${id('AA', 9)}, which is no rule`,
      `a.ts quotes ${id('AA', 8)}, which is no rule`,
    ]);
  });

  it('names doubles, files that are gone and words that mean nothing', () => {
    const broken = readRules(
      [
        `| ${id('AA', 1)} | one | because | \`src/gone.ts\` | tested |`,
        `| ${id('AA', 1)} | one | because | nowhere | maybe |`,
        `| ${id('AA', 2)} | two | because | nowhere | untested |`,
      ].join('\n'),
      'A.md',
    );
    expect(specProblems({ ...none, rules: broken, inTests })).toEqual([
      `A.md:1: ${id('AA', 1)} names src/gone.ts, which does not exist`,
      `A.md:2: ${id('AA', 1)} is neither tested nor untested but "maybe"`,
      `A.md:3: ${id('AA', 2)} names no file that enforces it`,
      `${id('AA', 1)} is defined twice`,
    ]);
  });
});
