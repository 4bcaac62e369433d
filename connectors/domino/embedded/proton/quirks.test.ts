import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { HARSH_QUIRKS, parseQuirks } from './quirks.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

test('[FC10] every switch stands in the documentation with its default and its other value, which is possible', () => {
  const rows = new Map(
    readFileSync(join(ROOT, 'docs/embedded-domino.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => {
        const [name = '', ...cells] = line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim().replaceAll('`', ''));
        return [name, cells] as const;
      }),
  );
  for (const [name, value] of Object.entries(HARSH_QUIRKS)) {
    const [byDefault, other = '', ...told] = rows.get(name) ?? [];
    expect(byDefault, name).toBe(String(value));
    const possible = other === 'any number' ? 7 : other;
    expect(parseQuirks({ [name]: possible }), name).toEqual({ [name]: possible });
    expect(told.join('').length, name).toBeGreaterThan(10);
  }
});

test('[FC10] every switch has its other value in some test', () => {
  const folder = join(ROOT, 'connectors/domino');
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const untested = Object.entries(HARSH_QUIRKS)
    .filter(([name, value]) => {
      const set = new RegExp(`\\b${name}(?::|, ') ?'?([\\w-]+)`, 'gu');
      const values = tests.flatMap((source) => [...source.matchAll(set)].map((match) => match[1]));
      return !values.some((one) => one !== undefined && one !== String(value));
    })
    .map(([name]) => name);
  expect(untested).toEqual([]);
});
