import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { readConfig } from '../../config/read-config.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import { compose, newLocalToken } from '../compose.ts';
import { barePages } from './console-bare.ts';
import { fillConsole } from './console-fill.ts';

const LINKS = 200;
const ROUNDS = 9;
/** What is aimed at. */
const MOST = 3;

/** What each page of the console asks over HTTP, beside the plainest statement that reads the same rows: 200 links, 1,000,000 journal rows, 100,000 pairs. */
export async function consolePages(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'bridge-bench-'));
  const file = join(directory, 'bridge.yaml');
  await writeFile(file, manyLinks(join(import.meta.dirname, '../../config')));
  const composed = await compose({
    config: readConfig({ env: { BRIDGE_CONFIG: file, BRIDGE_DATA_DIR: directory }, cwd: directory }),
    dataDir: directory,
    log: pino({ level: 'error' }),
  });
  try {
    const started = performance.now();
    const sample = await fillConsole(composed.inside);
    console.log(`filled in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
    const token = newLocalToken();
    const app = composed.buildApp(null, token);
    console.log(
      `${'page'.padEnd(34)}${'page ms'.padStart(10)}${'bare ms'.padStart(10)}${'ratio'.padStart(8)}`,
    );
    let over = 0;
    for (const { page, path, bare } of barePages(sample)) {
      // In turn, so that whatever else the machine does meets both.
      const times = { page: [] as number[], bare: [] as number[] };
      for (let round = 0; round <= ROUNDS; round += 1) {
        const asked = await timed(() => ask(app, token, path));
        const plain = await timed(() => plainly(composed.inside, bare));
        if (round === 0) continue;
        times.page.push(asked);
        times.bare.push(plain);
      }
      const ratio = median(times.page) / median(times.bare);
      if (ratio > MOST) over += 1;
      console.log(
        `${page.padEnd(34)}${median(times.page).toFixed(1).padStart(10)}${median(times.bare).toFixed(1).padStart(10)}${ratio.toFixed(2).padStart(8)}`,
      );
    }
    console.log(over === 0 ? `all within ${MOST} × the bare query` : `${over} over ${MOST} × the bare query`);
  } finally {
    await composed.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** JSON is YAML. All on one empty file: no pass runs here. */
function manyLinks(folder: string): string {
  return JSON.stringify({
    mappingsDir: `${folder}/mappings`,
    accessFile: `${folder}/access.yaml`,
    embedded: {
      serverName: 'CN=DOMINO-MAU/O=Mau',
      databases: [{ filePath: 'a.nsf', title: { vi: 'A', en: 'A' }, replicaId: '4725880000AA0000' }],
      sampleMembers: 0,
    },
    links: Array.from({ length: LINKS }, (_, place) => ({
      id: `link-${place}`,
      title: { vi: `Liên kết ${place}`, en: `Link ${place}` },
      mode: 'sync',
      database: { via: 'embedded-proton', filePath: 'a.nsf', identity: 'CN=Cau noi So tay/O=Mau' },
      replicaSet: (0x4725880000aa0000n + BigInt(place)).toString(16).toUpperCase(),
      mappings: ['DangVien'],
    })),
  });
}

async function ask(app: FastifyInstance, token: string, path: string): Promise<void> {
  const answer = await app.inject({
    url: `/api/ops/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
    remoteAddress: '127.0.0.1',
  });
  if (answer.statusCode !== 200)
    throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
}

async function plainly(
  pool: SqlPool,
  statements: readonly (readonly [text: string, values: readonly unknown[]])[],
): Promise<void> {
  for (const [text, values] of statements) await pool.query(text, values);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
