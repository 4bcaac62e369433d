import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Builds the operators' pages into `src/web/dist`, about a second's work and only when something changed since the last time. Nothing is fetched: what the
 * pages need lies in node_modules.
 */
const ROOT = import.meta.dirname;
const OUT = join(ROOT, 'dist/console');
const STAMP = join(ROOT, 'dist/console.sources');

const sources = digestOf(join(ROOT, 'console'), join(ROOT, '../../package-lock.json'));
const known = existsSync(STAMP) && existsSync(join(OUT, 'index.html')) ? readFileSync(STAMP, 'utf8') : '';
if (known !== sources) {
  await build({
    configFile: false,
    root: join(ROOT, 'console'),
    base: '/console/',
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: OUT,
      emptyOutDir: true,
      assetsDir: 'assets',
      // A data: address would have to be let in by the pages' policy.
      assetsInlineLimit: 0,
      modulePreload: false,
      target: 'es2022',
      rollupOptions: { input: join(ROOT, 'console/index.html') },
    },
  });
  writeFileSync(STAMP, sources);
}

function digestOf(folder: string, lock: string): string {
  const hash = createHash('sha256').update(readFileSync(lock));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file));
  return hash.digest('hex');
}
