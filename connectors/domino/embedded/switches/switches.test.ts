import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SWITCHES } from './switch-catalogue.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

test('[FC10] every switch stands in the documentation with its values, its open point and its source', () => {
  const rows = readFileSync(join(ROOT, 'docs/embedded-domino.md'), 'utf8').split('\n');
  const missing = SWITCHES.map(({ name, values: [byDefault, ...others], question, source }) => {
    const shown = others.map((other) => (other.startsWith('any ') ? other : `\`${other}\``)).join(', ');
    return `| \`${name}\` | \`${byDefault}\` | ${shown} | ${question} | ${source} |`;
  }).filter((row) => !rows.includes(row));
  expect(missing).toEqual([]);
});

test('[FC10] every switch has its other value in some test', () => {
  const folder = join(ROOT, 'connectors/domino');
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const untested = SWITCHES.filter(({ part }) => part !== 'rest')
    .filter(({ name, default: value }) => {
      const set = new RegExp(`\\b${name}(?::|, ') ?'?([\\w-]+)`, 'gu');
      const values = tests.flatMap((source) => [...source.matchAll(set)].map((match) => match[1]));
      // A loop over all values names the switch alone.
      const looped = tests.some((source) => source.includes(`{ ${name} }`));
      return !looped && !values.some((one) => one !== undefined && one !== String(value));
    })
    .map(({ name }) => name);
  expect(untested).toEqual([]);
});
