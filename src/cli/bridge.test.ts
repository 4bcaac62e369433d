import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('bridge.js', import.meta.url));

function run(args: readonly string[], nodeOptions: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, entry, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return { exit: status, out: stdout, errors: stderr };
}

describe('the program as it is started', () => {
  it('prints help', () => {
    const { exit, out, errors } = run(['--help']);
    expect({ exit, errors }).toEqual({ exit: 0, errors: '' });
    expect(out).toMatch(/^Usage: bridge/);
  });

  it('prints the help of a command', () => {
    expect(run(['domino', 'edit', '--help'])).toMatchObject({
      exit: 0,
      out: expect.stringContaining('Nguyễn Văn Ánh'),
    });
  });

  it('answers an unknown command with exit code 2', () => {
    expect(run(['veriffy'])).toMatchObject({
      exit: 2,
      out: '',
      errors: expect.stringContaining('Did you mean verify?'),
    });
  });

  it('answers settings that cannot be read with exit code 2', () => {
    expect(run(['status', '--config', '/nonexistent/bridge.yaml'])).toMatchObject({
      exit: 2,
      errors: expect.stringContaining('/nonexistent/bridge.yaml'),
    });
  });

  const runOnVersion = (version: string) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
    return run(['--help'], ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`]);
  };

  it.each(['20.20.2', '22.17.1'])('refuses Node %s in three lines', (version) => {
    const { exit, errors } = runOnVersion(version);
    expect(exit).toBe(2);
    expect(errors).toMatch(new RegExp(`^.*${version}.*\n.*\n {2}npm run -s bridge -- COMMAND\n$`));
  });

  it.each(['22.18.0', '26.1.0'])('takes Node %s', (version) => {
    expect(runOnVersion(version)).toMatchObject({ exit: 0, errors: '' });
  });
});
