import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPglite } from '../pool/open-pglite.ts';
import { verifyJournal } from './journal-chain.ts';
import { openSyncStore } from './open-sync-store.ts';

const WRITER = join(import.meta.dirname, 'testing', 'write-until-killed.ts');

describe('sync store whose process is killed', () => {
  let dataDir = '';

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bridge-store-'));
  });

  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Ids of the pairs that were acknowledged before the kill, which comes while the next one is being written. */
  async function writeAndKill(acknowledgements: number): Promise<readonly string[]> {
    const writer = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(writer, 'exit');
    const ids: string[] = [];
    for await (const id of createInterface(writer.stdout)) {
      ids.push(id);
      if (ids.length === acknowledgements) writer.kill('SIGKILL');
    }
    expect((await exited)[1]).toBe('SIGKILL');
    return ids;
  }

  it('has every acknowledged transaction and no half of another', async () => {
    const acknowledged = await writeAndKill(37);
    const pool = await openPglite({ dataDir });
    const store = openSyncStore(pool, { now: () => new Date() });
    const pairs = await store.pairsAfter('link', null, 1000);
    const ids = pairs.map((pair) => pair.id);
    expect(ids.slice(0, acknowledged.length)).toStrictEqual(acknowledged);
    expect(pairs.filter((pair) => pair.status !== 'live' || pair.version !== 2)).toStrictEqual([]);
    expect((await store.intents(ids)).map((intent) => intent.pairId)).toStrictEqual(ids);
    const journal = await store.journal('link', 0, 1000);
    expect(journal.map((row) => row.pairId)).toStrictEqual(ids);
    expect(verifyJournal(journal).intact).toBe(true);
    await pool.close();
  });
});
