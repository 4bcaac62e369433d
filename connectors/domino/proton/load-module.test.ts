import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDominoDb } from './load-module.ts';

function moduleFile(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'domino-db-')), 'index.cjs');
  writeFileSync(path, content);
  return path;
}

it('says how to install the module that is missing', async () => {
  await expect(loadDominoDb()).rejects.toMatchObject({
    code: 'module-missing',
    message: expect.stringMatching(/not installed.*AppDev Pack.*npm install <path>.*\.tgz/s) as string,
  });
});

it('finds useServer on a CommonJS module by its path', async () => {
  const path = moduleFile('module.exports = { useServer: async (config) => ({ heard: config.hostName }) };');
  const module = await loadDominoDb(path);
  const config = { hostName: 'domino', connection: { port: '3002', secure: false } };
  await expect(module.useServer(config)).resolves.toEqual({ heard: 'domino' });
});

it('refuses a module without useServer, and one that does not start', async () => {
  await expect(loadDominoDb(moduleFile('module.exports = {};'))).rejects.toMatchObject({
    code: 'module-missing',
    message: expect.stringContaining('no function useServer') as string,
  });
  await expect(loadDominoDb(moduleFile('throw new Error("wrong Node");'))).rejects.toMatchObject({
    message: expect.stringContaining('wrong Node') as string,
  });
});
