import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  quotedBySources,
  quotedByTests,
  readRules,
  readSources,
  type RuleProof,
  specProblems,
} from '../testing/spec-check.ts';

/** Add `untested` once every rule is quoted by a test: from then on none may go without. */
const REQUIRED: readonly RuleProof[] = ['tested'];

describe('SPEC.md', () => {
  it('names rules that exist in the code, and each is quoted by a test that can fail', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const sources = readSources(root, ['src', 'connectors', 'jobs', 'config']);
    const isTest = (file: string) => /\.(test|contract)\.ts$/.test(file);
    const all = [...sources].filter(([file]) => !file.startsWith('src/testing/'));
    const rules = readRules(readFileSync(new URL('SPEC.md', import.meta.url), 'utf8'));
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
