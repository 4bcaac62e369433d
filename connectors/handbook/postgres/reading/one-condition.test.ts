import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..');

/** Source files that read records on behalf of a reader. */
const reading = [
  ...readdirSync(import.meta.dirname).map((name) => join(import.meta.dirname, name)),
  join(folder, 'blobs/read-blob-for.ts'),
].filter((file) => file.endsWith('.ts') && !/(visible|\.test)\.ts$/.test(file));

it('every statement that reads records for a reader goes through the one condition', () => {
  const statements = reading.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/`[^`]*\b(?:from|join)\s+handbook\.record\b[^`]*`/g)].map(
      ([text]) => text,
    ),
  );
  expect(statements.length).toBeGreaterThanOrEqual(6);
  for (const statement of statements) expect(statement).toContain('${sight.visible}');
});

it('what answers readers reads records nowhere else', () => {
  const port = readFileSync(join(folder, '../postgres-readers-handbook.ts'), 'utf8');
  expect(port).not.toMatch(/\bselect\b.*\bfrom\b/i);
  const sources = [...port.matchAll(/from '(\.\/postgres\/[^']+)'/g)].map(([, path]) => path);
  const others = sources.filter(
    (path) => !/reading|read-blob-for|select-rights|mutate|database-error|handbook-sql/.test(path ?? ''),
  );
  expect(others).toEqual([]);
});
