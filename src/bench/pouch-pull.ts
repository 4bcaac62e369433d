import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CouchDocument, openCouchSource } from './couch-source.ts';
import type { Bench } from './open-bench.ts';

const run = promisify(execFile);
/** Versions that work together; installed for the comparison alone, in a directory of its own. */
const PACKAGES = ['pouchdb-core', 'pouchdb-adapter-http', 'pouchdb-adapter-memory', 'pouchdb-replication'];
const VERSION = '9.0.0';
/** PouchDB keeps what it pulled in memory. */
const MOST = 20_000;
const PAGE = 500;

/** Runs in a process of its own, so that source and target have a core each as Domino and the bridge would. */
const PULL = `
import PouchDB from 'pouchdb-core';
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import replication from 'pouchdb-replication';
PouchDB.plugin(http).plugin(memory).plugin(replication);
const target = new PouchDB('city', { adapter: 'memory' });
const started = performance.now();
const { docs_written } = await target.replicate.from(process.argv[2], { batch_size: 500 });
console.log(JSON.stringify({ documents: docs_written, seconds: (performance.now() - started) / 1000 }));
process.exit(0);
`;

/** PouchDB's pull of the same documents (at most 20,000) over loopback HTTP into its memory adapter; null where npm cannot install it. */
export async function pouchPull(
  bench: Bench,
): Promise<{ readonly documents: number; readonly seconds: number } | null> {
  const directory = await mkdtemp(join(tmpdir(), 'bridge-bench-pouch-'));
  try {
    await writeFile(join(directory, 'package.json'), '{"private":true,"type":"module"}');
    const wanted = PACKAGES.map((name) => `${name}@${VERSION}`);
    try {
      await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', ...wanted], {
        cwd: directory,
      });
    } catch {
      return null;
    }
    await writeFile(join(directory, 'pull.js'), PULL);
    const documents = await documentsOf(bench);
    const source = await openCouchSource(documents);
    try {
      const { stdout } = await run(process.execPath, ['pull.js', source.url], { cwd: directory });
      const pulled = JSON.parse(stdout) as { readonly documents: number; readonly seconds: number };
      if (pulled.documents !== documents.length)
        throw new Error(
          `PouchDB pulled ${pulled.documents} of ${documents.length} documents: nothing to compare`,
        );
      return pulled;
    } finally {
      source.close();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function documentsOf(bench: Bench): Promise<readonly CouchDocument[]> {
  const { deps, links } = bench.bridge;
  const entities = links.flatMap((link) => link.mappings.map((mapping) => mapping.entity));
  const documents: CouchDocument[] = [];
  for (let after: string | null = null; documents.length < MOST; ) {
    const page = await deps.handbook.list(entities, after, PAGE);
    if (page.length === 0) break;
    after = page.at(-1)?.recordId ?? null;
    for (const { recordId, entity, key, fields } of page)
      documents.push({ id: recordId, content: { entity, key, ...fields } });
  }
  return documents;
}
