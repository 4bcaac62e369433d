import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDataDirInUse, openDataDir } from './data-dir.ts';
import { readRunning } from './running.ts';
import { startHolder } from './testing/holder.ts';

const script = fileURLToPath(new URL('testing/hold-data-dir.ts', import.meta.url));
let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'bridge-crash-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

describe('kill -9', () => {
  it('never leaves the directory unusable, at whatever moment it comes', async () => {
    for (let delayMs = 0; delayMs < 400; delayMs += 20) {
      const child = spawn(process.execPath, [script, path, 'http://127.0.0.1:9'], { stdio: 'ignore' });
      const exit = once(child, 'exit');
      await new Promise((resolve) => {
        setTimeout(resolve, delayMs);
      });
      child.kill('SIGKILL');
      await exit;
      expect(isDataDirInUse(path)).toBe(false);
      const dir = openDataDir(path);
      expect(readRunning(path)).toMatchObject({ pid: process.pid, url: null });
      dir.close();
    }
  });

  it('lets exactly one of many in, again and again', async () => {
    for (let round = 0; round < 5; round += 1) {
      const children = Array.from({ length: 4 }, () =>
        spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'ignore'] }),
      );
      const outcomes = await Promise.all(children.map(outcomeOf));
      expect(outcomes.filter((outcome) => outcome === 'holding')).toHaveLength(1);
      const holder = children[outcomes.indexOf('holding')];
      if (holder === undefined) throw new Error('nobody holds it');
      expect(readRunning(path)?.pid).toBe(holder.pid);
      const exit = once(holder, 'exit');
      holder.kill('SIGKILL');
      await exit;
    }
  });

  it('of a process that only looked or was refused takes nothing from the holder', async () => {
    await using holder = await startHolder(path, 'http://127.0.0.1:9');
    for (let round = 0; round < 5; round += 1) {
      const refused = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'ignore'] });
      expect(await outcomeOf(refused)).toBe('ended');
      expect(isDataDirInUse(path)).toBe(true);
    }
    expect(readRunning(path)?.pid).toBe(holder.pid);
  });
});

async function outcomeOf(child: ChildProcess): Promise<'holding' | 'ended'> {
  const holding = new Promise<'holding'>((resolve) => {
    child.stdout?.once('data', () => resolve('holding'));
  });
  return Promise.race([holding, once(child, 'exit').then(() => 'ended' as const)]);
}
