import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  quotedBySources,
  quotedByTests,
  readRules,
  readSources,
  type RuleProof,
  specProblems,
} from './spec-check.ts';

/** What is held to its rules: the engine, and the embedded Domino. A rule's id is used in one of them only. */
const SPECIFICATIONS = ['src/sync/SPEC.md', 'connectors/domino/embedded/RULES.md'];

/** Add `untested` once every rule is quoted by a test: from then on none may go without. */
const REQUIRED: readonly RuleProof[] = ['tested'];

describe('the specifications', () => {
  it('name rules that exist in the code, and each is quoted by a test that can fail', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const sources = readSources(root, ['src', 'connectors', 'jobs', 'config']);
    const isTest = (file: string) => /\.(test|contract)\.ts$/.test(file);
    const all = [...sources].filter(([file]) => !file.startsWith('src/testing/'));
    const rules = SPECIFICATIONS.flatMap((file) => {
      const found = readRules(readFileSync(join(root, file), 'utf8'), file);
      expect(found.length, `rules in ${file}`).toBeGreaterThan(0);
      return found;
    });
    const problems = specProblems({
      rules,
      inTests: all.filter(([file]) => isTest(file)).flatMap((entry) => quotedByTests(...entry)),
      inSources: all.filter(([file]) => !isTest(file)).flatMap((entry) => quotedBySources(...entry)),
      files: new Set(sources.keys()),
      required: REQUIRED,
    });
    expect(problems).toEqual([]);
    expect(rules.length).toBeGreaterThan(50);
  });
});
