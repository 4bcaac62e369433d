import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ROOT, startNode } from './bridge-process.ts';

/** Runs the README's quick start of the typed client, word for word, as a program of its own in the project's folder. */
export async function quickStart(
  address: string,
  who: { readonly name: string; readonly password: string },
): Promise<void> {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const program = /^## Quick start of the typed client$[^]*?^```ts\n([^]*?)^```$/m.exec(readme)?.[1] ?? '';
  expect(program.trim().split('\n').length).toBeLessThan(13);
  const file = join(ROOT, `follow-${crypto.randomUUID()}.ts`);
  writeFileSync(file, program);
  try {
    const env = { BRIDGE_URL: address, NAME: who.name, PASSWORD: who.password };
    const { code, stdout, stderr } = await startNode([file], env).ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain("kind: 'applied'");
    expect(stdout).not.toContain('refused');
  } finally {
    rmSync(file, { force: true });
  }
}
