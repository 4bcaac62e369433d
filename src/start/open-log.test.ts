import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLogContext } from '../signals/log-options.ts';
import { openLog } from './open-log.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bridge-log-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const read = (name: string) => readFileSync(join(directory, name), 'utf8');

describe('the log', () => {
  it('makes room for itself, keeps five files, and loses no line between', () => {
    const { log, rotate, close } = openLog(directory, 'info', 100);
    for (let n = 1; n <= 9; n += 1) {
      log.info({ n }, 'x'.repeat(120));
      rotate();
      rotate();
    }
    log.info({ n: 10 }, 'the last');
    close();
    expect(readdirSync(directory).toSorted((a, b) => a.localeCompare(b))).toEqual(
      ['', '.1', '.2', '.3', '.4', '.5'].map((end) => `bridge.log${end}`),
    );
    const numbers = ['.5', '.4', '.3', '.2', '.1', ''].flatMap((end) =>
      read(`bridge.log${end}`)
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { n: number }).n),
    );
    expect(numbers).toEqual([5, 6, 7, 8, 9, 10]);
  });

  it('carries link and pass, and no message of an error', async () => {
    const { log, close } = openLog(directory, 'info');
    await withLogContext({ link: 'dang-vien', pass: 'p-1' }, async () => {
      await Promise.resolve();
      log.warn({ err: new Error('value of a member', { cause: new Error('another') }) }, 'failed');
      log.info({ pass: 'its own' }, 'said');
    });
    log.info('outside');
    close();
    const [failed, said, outside] = read('bridge.log')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(failed).toMatchObject({
      link: 'dang-vien',
      pass: 'p-1',
      err: { type: 'Error', cause: { type: 'Error' } },
    });
    expect(said).toMatchObject({ link: 'dang-vien', pass: 'its own' });
    expect(outside).not.toHaveProperty('link');
    expect(read('bridge.log')).not.toMatch(/value of a member|another/);
  });
});
