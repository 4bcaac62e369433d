import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runBridgeHere } from './testing/run-bridge-here.ts';

/** What bash offers for the last word. */
async function offered(...words: string[]): Promise<readonly string[]> {
  const script = (await runBridgeHere(['completion', 'bash'])).out;
  const typed = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(bridge ${typed}); COMP_CWORD=${words.length}; _bridge; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', `${script}\n${ask}`], { encoding: 'utf8' })
    .split('\n')
    .filter((word) => word !== '');
}

describe.skipIf(process.platform === 'win32')('bridge completion', () => {
  it('offers commands, commands of commands, and options', async () => {
    expect(await offered('sta')).toEqual(['status']);
    expect(await offered('conflicts', '')).toEqual(['list', 'show', 'resolve', '--help']);
    expect(await offered('status', '--json', '--w')).toEqual(['--watch']);
    expect(await offered('preview', '--link', 'dang-vien', '--sh')).toEqual(['--show']);
    expect(await offered('nonsense', 'doc')).toEqual(['doctor']);
  });

  it('knows bash and zsh', async () => {
    expect((await runBridgeHere(['completion', 'zsh'])).out).toContain('#compdef bridge');
    expect((await runBridgeHere(['completion', 'fish'])).exit).toBe(2);
  });
});
