import { describe, expect, it } from 'vitest';
import { OperationError } from '../operations/operation.ts';
import { runBridgeHere } from './testing/run-bridge-here.ts';

const fine = { check: 'disk', subject: '/srv', level: 'ok', found: '9 GiB are free', todo: '' } as const;
const old = {
  check: 'clock',
  subject: 'inside',
  level: 'warning',
  found: '5 s behind',
  todo: 'NTP',
} as const;
const down = {
  check: 'domino',
  subject: 'dang-vien',
  level: 'problem',
  found: 'fails with unreachable',
  todo: 'look whether it runs',
} as const;

const look = (findings: readonly (typeof fine | typeof old | typeof down)[], settings = true) => ({
  loadDoctor: () => Promise.resolve(() => Promise.resolve({ settings, findings })),
});
const answer = (findings: readonly unknown[]) => () => Promise.resolve({ version: '1', findings });

describe('bridge doctor', () => {
  it('ends with 0 while there are warnings at most, and says what to do', async () => {
    const run = await runBridgeHere(['doctor'], answer([old]), look([fine]));
    expect(run.exit).toBe(0);
    expect(run.out).toContain('WARNING  clock  inside  5 s behind');
    expect(run.out).toContain('To do:\n  WARNING clock inside: NTP\n');
    expect(run).toMatchObject({ calls: [{ operation: 'doctor', args: {} }], closed: 1 });
    expect((await runBridgeHere(['doctor'], answer([]), look([fine]))).out).toContain(
      'Nothing is to be done.',
    );
  });

  it('ends with 1 where there is a problem; those come first', async () => {
    const run = await runBridgeHere(['doctor', '--link', 'dang-vien'], answer([down]), look([old]));
    expect(run.exit).toBe(1);
    expect(run.calls).toEqual([{ operation: 'doctor', args: { link: 'dang-vien' } }]);
    expect(run.out.indexOf('PROBLEM domino')).toBeLessThan(run.out.indexOf('WARNING clock'));
  });

  it('tells a bridge that cannot be asked as a problem beside the others', async () => {
    const gone = () => Promise.reject(new OperationError('unavailable', 'The database does not answer'));
    const run = await runBridgeHere(['doctor', '--json'], gone, look([fine]));
    expect(run.exit).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({
      ok: false,
      findings: [fine, { check: 'bridge', level: 'problem', found: 'The database does not answer' }],
    });
  });

  it('asks no bridge when told to, nor when the settings are wrong', async () => {
    for (const [argv, settings] of [
      [['doctor', '--local'], true],
      [['doctor'], false],
    ] as const)
      expect((await runBridgeHere(argv, answer([]), look([fine], settings))).calls).toEqual([]);
  });
});
