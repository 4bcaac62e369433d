import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServer } from './open-world.ts';
import { historyOf, type Outcome, runHistory } from './run-history.ts';
import { shrink } from './shrink.ts';

let root: string;
let server: ReturnType<typeof openServer>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'simulation-'));
  server = openServer(root);
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

async function run(seed: number): Promise<Outcome> {
  const world = await server.open(seed);
  try {
    return await runHistory(world, historyOf(seed));
  } finally {
    await world.close();
  }
}

describe('the simulation', () => {
  it('[PL0] [PL1] [BA1] leaves both sides equal and nothing lost, whatever happens', async () => {
    for (let seed = 1; seed <= 40; seed++) expect((await run(seed)).violation, `seed ${seed}`).toBeNull();
  });

  it('[PL0] leaves the same trace for the same seed, whatever ran before', async () => {
    const first = await run(901);
    await run(902);
    expect((await run(901)).hash).toBe(first.hash);
    expect((await run(902)).hash).not.toBe(first.hash);
  });
});

describe('what is left of a failing history', () => {
  it('is what fails, and nothing that could be left out', async () => {
    const items = Array.from({ length: 50 }, (_, at) => at);
    const fails = async (part: readonly number[]) => part.includes(7) && part.includes(31);
    expect(await shrink(items, fails)).toEqual([7, 31]);
  });
});
