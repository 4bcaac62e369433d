import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDataDirInUse, openDataDir } from './data-dir.ts';
import { DataDirInUseError, DataDirUnusableError } from './errors.ts';
import { readRunning } from './running.ts';
import { startHolder } from './testing/holder.ts';

let parent: string;
let path: string;
const modeOf = (file: string) => statSync(file).mode & 0o777;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'bridge-data-dir-'));
  path = join(parent, 'deep', 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('openDataDir', () => {
  it('creates the directory and its files for their owner alone, whatever the umask', () => {
    const umask = process.umask(0);
    try {
      const dir = openDataDir(path);
      dir.announce({ url: 'http://127.0.0.1:9', token: 't' });
      expect([path, join(path, 'bridge.lock'), join(path, 'running.json')].map(modeOf)).toEqual([
        0o700, 0o600, 0o600,
      ]);
      dir.close();
    } finally {
      process.umask(umask);
    }
  });

  it('refuses a second opening in the same process and keeps the first one', () => {
    const dir = openDataDir(path);
    expect(() => openDataDir(path)).toThrow(DataDirInUseError);
    expect(() => openDataDir(path)).toThrow(DataDirInUseError);
    expect(isDataDirInUse(path)).toBe(true);
    dir.close();
    dir.close();
    expect(isDataDirInUse(path)).toBe(false);
    openDataDir(path).close();
  });

  it('closes an empty directory to others, and refuses one with content', () => {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
    openDataDir(path).close();
    expect(modeOf(path)).toBe(0o700);

    chmodSync(path, 0o705);
    expect(() => openDataDir(path)).toThrow(DataDirUnusableError);
    expect(() => openDataDir(path)).toThrow(`chmod 700 "${path}"`);
  });

  it('accepts a directory that a group shares', () => {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o770);
    openDataDir(path).close();
    expect(modeOf(path)).toBe(0o770);
  });

  it('says so when a file is in the way', () => {
    writeFileSync(join(parent, 'file'), '');
    expect(() => openDataDir(join(parent, 'file'))).toThrow('there is a file of that name');
    expect(() => openDataDir(join(parent, 'file', 'data'))).toThrow(DataDirUnusableError);
  });
});

describe('two processes', () => {
  it('names the holder and its address to the second one', async () => {
    await using holder = await startHolder(path, 'http://127.0.0.1:4321');
    const error = errorOf(() => openDataDir(path));
    expect(error).toBeInstanceOf(DataDirInUseError);
    expect(error.holder).toMatchObject({ pid: holder.pid, url: 'http://127.0.0.1:4321' });
    expect(error.message).toContain(`process id ${holder.pid}`);
    expect(error.message).toContain('http://127.0.0.1:4321');
    expect(error.message).not.toContain('secret-token');
  });

  it('tells a command at work from a server', async () => {
    await using holder = await startHolder(path);
    const error = errorOf(() => openDataDir(path));
    expect(error.holder).toMatchObject({ pid: holder.pid, url: null, token: null });
    expect(error.message).toContain(`bridge process ${holder.pid} is using it (a command at work`);
  });

  it('frees the directory when its holder is killed, and never believes what the dead one left', async () => {
    const holder = await startHolder(path, 'http://127.0.0.1:4321');
    expect(isDataDirInUse(path)).toBe(true);
    await holder.kill('SIGKILL');

    expect(readRunning(path)).toMatchObject({ pid: holder.pid });
    expect(isDataDirInUse(path)).toBe(false);
    const dir = openDataDir(path);
    expect(readRunning(path)).toMatchObject({ pid: process.pid, url: null, token: null });
    dir.close();
    expect(existsSync(join(path, 'running.json'))).toBe(false);
  });
});

describe('readRunning', () => {
  it('answers null where there is nothing to read', () => {
    expect(readRunning(path)).toBeNull();
    mkdirSync(path, { recursive: true });
    for (const text of ['', '{"pid":1', '{"pid":"1"}', '[]']) {
      writeFileSync(join(path, 'running.json'), text);
      expect(readRunning(path)).toBeNull();
    }
  });

  it('reads back what was announced', () => {
    const dir = openDataDir(path);
    dir.announce({ url: 'http://127.0.0.1:8080', token: 'abc' });
    expect(readRunning(path)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:8080', token: 'abc' });
    expect(JSON.parse(readFileSync(join(path, 'running.json'), 'utf8'))).toEqual(readRunning(path));
    dir.close();
    expect(() => dir.announce({ url: 'http://127.0.0.1:8080', token: 'abc' })).toThrow('is closed');
  });
});

describe('isDataDirInUse', () => {
  it('creates nothing', () => {
    expect(isDataDirInUse(path)).toBe(false);
    expect(existsSync(path)).toBe(false);
  });
});

function errorOf(action: () => unknown): DataDirInUseError {
  try {
    action();
  } catch (error) {
    if (error instanceof DataDirInUseError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
