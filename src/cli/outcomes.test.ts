import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../config/config-problem.ts';
import { DataDirInUseError, DataDirUnusableError } from '../data-dir/errors.ts';
import { OperationError } from '../operations/operation.ts';
import { runBridgeHere } from './testing/run-bridge-here.ts';

const UNID = '0123456789ABCDEF0123456789ABCDEF';
const failing = (error: unknown) => () => Promise.reject(error);

describe('exit codes', () => {
  it.each([
    [new OperationError('bad-request', 'm'), 2],
    [new OperationError('not-found', 'm'), 1],
    [new OperationError('refused', 'm'), 5],
    [new OperationError('needs-approval', 'm'), 3],
    [new OperationError('unavailable', 'm'), 4],
    [new OperationError('busy', 'm'), 4],
    [new Error('m'), 1],
  ] as const)('%s', async (error, exit) => {
    const run = await runBridgeHere(['status'], failing(error));
    expect(run.exit).toBe(exit);
    expect(run.out).toBe('');
    expect(run.errors.startsWith('bridge: m\n')).toBe(true);
    expect(run.closed).toBe(1);
  });

  it.each([
    [new DataDirInUseError('/d', null), 4],
    [new DataDirUnusableError('m'), 2],
    [new ConfigError([]), 2],
  ])('of a bridge that cannot be started here: %s', async (error, exit) => {
    const run = await runBridgeHere(['status'], undefined, {
      loadInProcess: () => Promise.resolve(() => Promise.reject(error)),
    });
    expect(run.exit).toBe(exit);
  });

  it('is 130 when the operator interrupts, whatever breaks then', async () => {
    const stop = new AbortController();
    const run = await runBridgeHere(
      ['status'],
      (_, __, { signal }) => {
        expect(signal).toBe(stop.signal);
        stop.abort();
        return Promise.reject(new OperationError('unavailable', 'm'));
      },
      { signal: stop.signal },
    );
    expect(run).toMatchObject({ exit: 130, errors: 'bridge: Interrupted.\n', closed: 1 });
  });

  it.each([
    [[]],
    [['sybc']],
    [['sync']],
    [['verify', '--lnk', 'a']],
    [['verify', 'extra']],
    [['conflicts', 'show']],
    [['conflicts', 'resolve', '1', '--choose', 'mine', '--reason', 'r']],
    [['conflicts', 'resolve', '1', '--choose', 'notes']],
    [['release', '--link', 'a', '--lane', 'deletes', '--reason', ' ']],
    [['confirm-deleted', 'X', '--link', 'a', '--reason', 'r']],
    [['domino', 'create', 'thu.txt']],
    [['domino', 'clock', '--advance', '0']],
    [['domino', 'clock', '--advance', '1', '--back', '1']],
    [['domino', 'agent', 'form', 'a.nsf', '--from', 'F']],
    [['domino', 'view', 'create', 'a.nsf', '--name', 'V', '--column', 'X']],
    [['domino', 'generate', '--members', '1.5', '--seed', '1']],
    [['domino', 'readers', UNID, '--database', 'a.nsf']],
    [['domino', 'readers', UNID, '--database', 'a.nsf', '--set', 'x', '--everyone']],
    [['domino', 'edit', UNID, '--database', 'a.nsf', '--set', 'HoTen']],
    [['status', '--token-file', 'f']],
    [['status', '--server', 'https://bridge.example']],
  ])('is 2 for %j, and nothing is asked', async (argv) => {
    const run = await runBridgeHere(argv);
    expect(run.exit).toBe(2);
    expect(run.calls).toEqual([]);
    expect(run.errors).not.toBe('');
    expect(run.out).toBe('');
  });
});

describe('sync', () => {
  it('prints how to approve', async () => {
    const error = new OperationError('needs-approval', 'This run would delete 31 records.', {
      awaiting: [
        { link: 'dang-vien', preview: '7f3a' },
        { link: 'van-ban', preview: '81b0' },
      ],
    });
    const run = await runBridgeHere(['sync', '--once'], failing(error));
    expect(run.exit).toBe(3);
    expect(run.errors).toBe(
      'bridge: This run would delete 31 records.\n' +
        '  See it:      npm run -s bridge -- preview --show 7f3a\n' +
        '  Approve it:  npm run -s bridge -- sync --once --accept-preview 7f3a\n' +
        '  See it:      npm run -s bridge -- preview --show 81b0\n' +
        '  Approve it:  npm run -s bridge -- sync --once --accept-preview 81b0\n',
    );
  });

  it('gives scripts the same as JSON', async () => {
    const run = await runBridgeHere(
      ['sync', '--once', '--json'],
      failing(new OperationError('needs-approval', 'm', { previewId: '7f3a' })),
    );
    expect(JSON.parse(run.out)).toEqual({
      error: { code: 'needs-approval', message: 'm', details: { previewId: '7f3a' } },
    });
    expect(run.exit).toBe(3);
  });

  it('shows the counts of every link', async () => {
    const row = {
      pulled: 12,
      pushed: 3,
      merged: 0,
      conflicts: 1,
      withheld: 0,
      quarantined: 0,
      detached: 0,
      missing: 0,
      deleted: 0,
      pendingDeletes: 4,
    };
    const links = [
      { link: 'đảng-viên', ...row },
      { link: 'chi-bo', ...row, pulled: 0 },
    ];
    const run = await runBridgeHere(['sync', '--once'], () => Promise.resolve({ quiet: true, links }));
    expect(run.out).toBe(
      [
        'link       pulled  pushed  merged  conflicts  withheld  quarantined  detached  missing  deleted  pending deletes',
        '---------  ------  ------  ------  ---------  --------  -----------  --------  -------  -------  ---------------',
        'đảng-viên      12       3       0          1         0            0         0        0        0                4',
        'chi-bo          0       3       0          1         0            0         0        0        0                4',
        '',
        'Deletions that wait for a person or for proof: 8. See: npm run -s bridge -- status',
        'Nothing else was left to do.',
        '',
      ].join('\n'),
    );
  });

  it('does not take an answer of another shape for success', async () => {
    const run = await runBridgeHere(['sync', '--once'], () => Promise.resolve({ links: [{ link: 'a' }] }));
    expect(run.exit).toBe(4);
    expect(run.errors).toContain('quiet, links.0.pulled');
  });
});

describe('results that are bad news', () => {
  const difference = {
    link: 'a',
    recordId: 'r1',
    unid: UNID,
    entity: 'member',
    kind: 'value',
    side: 'handbook',
    field: 'fullName',
  };

  it('verify: exit 1 on any difference, with a table', async () => {
    const run = await runBridgeHere(['verify'], () =>
      Promise.resolve({
        compared: 9,
        differences: [
          difference,
          {
            link: 'a',
            recordId: null,
            unid: UNID,
            entity: 'member',
            kind: 'missing',
            side: 'handbook',
            field: null,
          },
        ],
      }),
    );
    expect(run.exit).toBe(1);
    expect(run.out).toContain(`a     value    handbook  member  fullName  r1      ${UNID}\n`);
    expect(run.out).toContain('Compared 9: 2 differences.');
  });

  it('verify --json: exit 1 as well', async () => {
    const run = await runBridgeHere(['verify', '--json'], () =>
      Promise.resolve({ compared: 9, differences: [difference] }),
    );
    expect(run.exit).toBe(1);
    expect(JSON.parse(run.out)).toEqual({ compared: 9, differences: [difference] });
  });

  it.each([
    [['journal', 'verify'], 1, { links: [{ link: 'đv', brokenAt: 7 }] }, '  đv            7\n'],
    [
      ['config', 'check'],
      2,
      {
        findings: [{ severity: 'error', rule: 'acceptRace', message: 'trường "họ tên"' }],
        mappings: [{ form: 'DangVien', entity: 'member', explanation: 'một\n  hai\n' }],
      },
      'DangVien → member\n  một\n    hai\n\nseverity  rule        finding\n--------  ----------  ---------------\nerror     acceptRace  trường "họ tên"\n',
    ],
    [
      ['domino', 'contract', '--link', 'a', '--scratch', 's.nsf'],
      1,
      { failed: ['x', 'y'] },
      'failed  x, y\n',
    ],
  ])('%j: not ok', async (argv, exit, rest, shown) => {
    const run = await runBridgeHere(argv, () => Promise.resolve({ ok: false, ...rest }));
    expect(run.exit).toBe(exit);
    expect(run.out).toContain(shown);
  });
});
