import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';
import { runBridgeHere } from './testing/run-bridge-here.ts';

const UNID = '0123456789ABCDEF0123456789ABCDEF';
const counts = {
  pulled: 1,
  pushed: 0,
  merged: 0,
  conflicts: 0,
  withheld: 2,
  quarantined: 0,
  detached: 0,
  missing: 0,
  deleted: 0,
  pendingDeletes: 0,
};

/** Every command: what is typed, what is asked, and an answer it understands. */
const COMMANDS: [typed: string[], operation: string, args: object, answer?: unknown][] = [
  [['sync', '--once'], 'sync-once', {}, { quiet: true, links: [{ link: 'a', ...counts }] }],
  [
    ['sync', '--once', '--link', 'a', '--accept-preview', 'p1'],
    'sync-once',
    { link: 'a', acceptPreview: 'p1' },
    { quiet: true, links: [] },
  ],
  [['verify', '--repair', '--link', 'a'], 'repair', { link: 'a' }, { repairs: [] }],
  [['verify', '--link', 'a'], 'verify', { link: 'a' }, { compared: 3, differences: [] }],
  [['status'], 'status', {}, { links: [] }],
  [['preview', '--link', 'a'], 'preview', { link: 'a' }, { previews: [] }],
  [['preview', '--show', 'p1'], 'preview', { show: 'p1' }, { previews: [] }],
  [['reports', '--link', 'l1'], 'reports', { link: 'l1' }],
  [['sweep', '--link', 'a'], 'sweep', { link: 'a' }],
  [
    ['release', '--link', 'a', '--lane', 'deletes', '--reason', ' đã kiểm tra '],
    'release-brake',
    { link: 'a', lane: 'deletes', reason: 'đã kiểm tra' },
  ],
  [
    ['confirm-deleted', UNID.toLowerCase(), `${UNID.slice(0, 31)}0`, '--link', 'a', '--reason', 'r'],
    'confirm-deleted',
    { link: 'a', unids: [UNID, `${UNID.slice(0, 31)}0`], reason: 'r' },
  ],
  [['pause', '--link', 'a', '--direction', 'push'], 'pause', { link: 'a', direction: 'push' }],
  [['resume', '--link', 'a'], 'resume', { link: 'a' }],
  [['instance'], 'instances-list', {}, { links: [] }],
  [
    ['instance', 'switch', '--link', 'a', '--to', 'h:1!!b.nsf', '--force', '--reason', 'r r'],
    'instance-switch',
    { link: 'a', to: 'h:1!!b.nsf', force: true, reason: 'r r' },
  ],
  [
    ['instance', 'release', '--link', 'a', '--was', 'restored', '--reason', 'r r'],
    'instance-release',
    { link: 'a', was: 'restored', reason: 'r r' },
  ],
  [['audit'], 'audit-list', {}, { reads: [] }],
  [['webhook'], 'webhook-list', {}],
  [
    [
      'webhook',
      'create',
      'https://a.example/x',
      '--account',
      'so-tay',
      '--entity',
      'task',
      'member',
      '--content',
      'ids',
    ],
    'webhook-create',
    { url: 'https://a.example/x', account: 'so-tay', entities: ['task', 'member'], content: 'ids' },
  ],
  [['webhook', 'rotate', 'w', '--overlap-hours', '0'], 'webhook-rotate', { webhook: 'w', overlapHours: 0 }],
  [['webhook', 'pause', 'w'], 'webhook-pause', { webhook: 'w' }],
  [['webhook', 'resume', 'w'], 'webhook-resume', { webhook: 'w' }],
  [['webhook', 'delete', 'w'], 'webhook-delete', { webhook: 'w' }],
  [['webhook', 'replay', 'w', '--from-start'], 'webhook-replay', { webhook: 'w', from: null }],
  [['webhook', 'replay', 'w', '--from', 'c'], 'webhook-replay', { webhook: 'w', from: 'c' }],
  [
    ['audit', 'list', '--member', 'DV-1', '--account', 'so-tay', '--before', '9', '--limit', '3'],
    'audit-list',
    { member: 'DV-1', account: 'so-tay', before: 9, limit: 3 },
    { reads: [] },
  ],
  [
    ['subject', 'export', 'DV-1', '--reason', 'r', '--json'],
    'subject-export',
    { member: 'DV-1', reason: 'r' },
    { records: [] },
  ],
  [
    ['subject', 'erase', 'DV-1', '--reason', 'r', '--approve', 'c'],
    'subject-erase',
    { member: 'DV-1', reason: 'r', approve: 'c' },
    { done: true },
  ],
  [['conflicts'], 'conflicts-list', {}, { conflicts: [] }],
  [['conflicts', '--link', 'a', '--json'], 'conflicts-list', { link: 'a' }, { conflicts: [] }],
  [['conflicts', 'show', '42'], 'conflict-show', { id: '42' }],
  [
    ['conflicts', 'resolve', '42', '--choose', 'notes', '--field', 'x', 'y', '--reason', 'r'],
    'conflict-resolve',
    { id: '42', choose: 'notes', fields: ['x', 'y'], reason: 'r' },
  ],
  [['quarantine'], 'quarantine-list', {}, { quarantined: [] }],
  [['quarantine', 'retry', '7'], 'quarantine-retry', { id: '7' }],
  [['journal', 'verify'], 'journal-verify', {}, { ok: true }],
  [['config', 'check'], 'config-check', {}, { ok: true, findings: [], mappings: [] }],
  [
    ['config', 'check', '--lang', 'vi', '--link', 'a'],
    'config-check',
    { lang: 'vi', link: 'a' },
    { ok: true, findings: [], mappings: [] },
  ],
  [['domino', 'create', 'thu.nsf', '--title', 'Thử'], 'domino-create', { database: 'thu.nsf', title: 'Thử' }],
  [['domino', 'list'], 'domino-list', {}],
  [
    ['domino', 'replicate', 'a.nsf', 'CN=H/O=T!!b.nsf', '--cut-after', '0'],
    'domino-replicate',
    { database: 'a.nsf', with: 'CN=H/O=T!!b.nsf', direction: 'both', cutAfter: 0 },
  ],
  [['domino', 'replica', 'a.nsf', 'b.nsf'], 'domino-replica', { database: 'a.nsf', path: 'b.nsf' }],
  [['domino', 'replication', 'a.nsf'], 'domino-replication', { database: 'a.nsf', changes: {} }],
  [
    [
      'domino',
      'replication',
      'a.nsf',
      '--no-pirc',
      '--all-forms',
      '--soft-delete-hours',
      '0',
      '--cutoff',
      '1970-01-02',
    ],
    'domino-replication',
    { database: 'a.nsf', changes: { pirc: false, forms: null, softDeleteHours: null, cutoff: 86_400_000 } },
  ],
  [['domino', 'acl', 'a.nsf', '--remove', 'CN=x'], 'domino-acl', { database: 'a.nsf', remove: 'CN=x' }],
  [
    ['domino', 'acl', 'a.nsf', '--name=-Default-', '--level', 'author', '--no-create', '--roles', 'BiThu'],
    'domino-acl',
    {
      database: 'a.nsf',
      set: { name: '-Default-', level: 'author', creates: false, deletes: false, roles: ['BiThu'] },
    },
  ],
  [['domino', 'group'], 'domino-group', {}],
  [
    ['domino', 'group', 'G', '--members', 'CN=a', 'H'],
    'domino-group',
    { set: { group: 'G', members: ['CN=a', 'H'] } },
  ],
  [
    ['domino', 'backup', 'a.nsf', '--out', 'b'],
    'domino-backup',
    { database: 'a.nsf', out: '/home/operator/b' },
  ],
  [
    ['domino', 'restore', 'a.nsf', '--file', 'b', '--yes'],
    'domino-restore',
    { database: 'a.nsf', file: '/home/operator/b', confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'purge', 'a.nsf', '--yes'],
    'domino-purge',
    { database: 'a.nsf', confirmed: true },
    { done: true },
  ],
  [['domino', 'undelete', 'a.nsf', '--note', UNID], 'domino-undelete', { database: 'a.nsf', unid: UNID }],
  [
    ['domino', 'paste', UNID, '--database', 'a.nsf', '--into', 'b.nsf', '--cut'],
    'domino-paste',
    { database: 'a.nsf', unid: UNID, into: 'b.nsf', cut: true },
  ],
  [
    ['domino', 'agent', 'stamp', 'a.nsf', '--set', 'N:number=1', '--form', 'F', 'G', '--as', 'CN=a', '--yes'],
    'domino-agent',
    {
      database: 'a.nsf',
      task: { kind: 'stamp', items: { N: { type: 'number', values: [1] } } },
      forms: ['F', 'G'],
      as: 'CN=a',
      confirmed: true,
    },
    { done: true },
  ],
  [
    ['domino', 'agent', 'categorise', 'a.nsf', '--category', 'A', 'B', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'categorise', categories: ['A', 'B'] }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'agent', 'form', 'a.nsf', '--from', 'F', '--remove', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'form', from: 'F', to: null }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'agent', 'retype', 'a.nsf', '--item', 'X', '--how', 'to-list', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'retype', item: 'X', how: 'to-list' }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'agent', 'resave', 'a.nsf', '--item', 'X', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'resave', item: 'X' }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'hold', 'open', UNID, '--database', 'a.nsf', '--as', 'CN=a'],
    'domino-hold',
    { action: 'open', database: 'a.nsf', unid: UNID, as: 'CN=a' },
  ],
  [['domino', 'view', 'list', 'a.nsf'], 'domino-view', { action: 'list', database: 'a.nsf' }],
  [
    ['domino', 'view', 'create', 'a.nsf', '--name', 'V', '--select', 'Form=F', '--column', 'x=X:ascending'],
    'domino-view',
    {
      action: 'create',
      database: 'a.nsf',
      view: {
        name: 'V',
        aliases: [],
        kind: 'view',
        selection: { Form: ['F'] },
        columns: [
          {
            name: 'x',
            item: 'X',
            sorted: 'ascending',
            clickSort: false,
            categorized: false,
            separateValues: false,
          },
        ],
      },
    },
  ],
  [
    ['domino', 'view', 'remove', 'a.nsf', '--name', 'V'],
    'domino-view',
    { action: 'remove', database: 'a.nsf', name: 'V' },
  ],
  [['domino', 'view', 'build', 'a.nsf'], 'domino-view', { action: 'build', database: 'a.nsf' }],
  [
    ['domino', 'view', 'put', 'a.nsf', '--name', 'V', '--notes', UNID.toLowerCase()],
    'domino-view',
    { action: 'put', database: 'a.nsf', name: 'V', unids: [UNID] },
  ],
  [
    ['domino', 'view', 'take', 'a.nsf', '--name', 'V', '--notes', UNID],
    'domino-view',
    { action: 'take', database: 'a.nsf', name: 'V', unids: [UNID] },
  ],
  [['domino', 'catalog', 'a.nsf'], 'domino-catalog', { database: 'a.nsf' }],
  [['domino', 'fulltext', 'a.nsf', '--drop'], 'domino-fulltext', { database: 'a.nsf', drop: true }],
  [
    ['domino', 'query', 'a.nsf', "HoTen = 'x'", '--explain', '--as', 'CN=a', '--limit', '5'],
    'domino-query',
    { database: 'a.nsf', query: "HoTen = 'x'", explain: true, as: 'CN=a', limit: 5 },
    { explanation: 'tree' },
  ],
  [['domino', 'hold', 'list'], 'domino-hold', { action: 'list' }],
  [
    ['domino', 'hold', 'save', UNID, '--database', 'a.nsf', '--set', 'X=1', '--remove', 'Y', '--give-up'],
    'domino-hold',
    {
      action: 'save',
      database: 'a.nsf',
      unid: UNID,
      items: { X: { type: 'text', values: ['1'] } },
      remove: ['Y'],
      giveUp: true,
    },
  ],
  [
    ['domino', 'hold', 'close', UNID, '--database', 'a.nsf'],
    'domino-hold',
    { action: 'close', database: 'a.nsf', unid: UNID },
  ],
  [['domino', 'move', 'a.nsf', 'c/a.nsf'], 'domino-move', { database: 'a.nsf', path: 'c/a.nsf' }],
  [['domino', 'list', '--database', 'thu.nsf'], 'domino-list', { database: 'thu.nsf' }],
  [['domino', 'show', UNID, '--database', 'thu.nsf'], 'domino-show', { database: 'thu.nsf', unid: UNID }],
  [
    [
      'domino',
      'edit',
      UNID,
      '--database',
      'thu.nsf',
      '--set',
      'HoTen=Lê Thị Ảnh',
      'Tuoi:number=3',
      '--as',
      'CN=Can bo 1/O=Tinh uy',
    ],
    'domino-edit',
    {
      database: 'thu.nsf',
      unid: UNID,
      items: { HoTen: { type: 'text', values: ['Lê Thị Ảnh'] }, Tuoi: { type: 'number', values: [3] } },
      as: 'CN=Can bo 1/O=Tinh uy',
    },
  ],
  [
    ['domino', 'create-note', '--database', 'thu.nsf', '--form', 'DangVien'],
    'domino-create-note',
    { database: 'thu.nsf', form: 'DangVien', items: {} },
  ],
  [['domino', 'delete', UNID, '--database', 'thu.nsf'], 'domino-delete', { database: 'thu.nsf', unid: UNID }],
  [
    ['domino', 'readers', UNID, '--database', 'thu.nsf', '--set', '[BiThu]', 'CN=x'],
    'domino-readers',
    { database: 'thu.nsf', unid: UNID, readers: ['[BiThu]', 'CN=x'] },
  ],
  [
    ['domino', 'readers', UNID, '--database', 'thu.nsf', '--everyone'],
    'domino-readers',
    { database: 'thu.nsf', unid: UNID, readers: [] },
  ],
  [
    ['domino', 'import-dxl', 'a.dxl', '/b.dxl', '--database', 'thu.nsf'],
    'domino-import-dxl',
    { database: 'thu.nsf', files: ['/home/operator/a.dxl', '/b.dxl'] },
  ],
  [
    ['domino', 'export', '--database', 'thu.nsf', '--out', '../o.dxl'],
    'domino-export',
    { database: 'thu.nsf', out: '/home/o.dxl' },
  ],
  [
    ['domino', 'export', '--database', 'thu.nsf'],
    'domino-export',
    { database: 'thu.nsf' },
    { dxl: '<database/>' },
  ],
  [
    ['domino', 'generate', '--members', '5', '--seed', '0', '--database-prefix', 'p-'],
    'domino-generate',
    { members: 5, seed: 0, databasePrefix: 'p-' },
  ],
  [
    ['domino', 'contract', '--link', 'a', '--scratch', 's.nsf'],
    'domino-contract',
    { link: 'a', scratch: 's.nsf' },
    { ok: true },
  ],
  [['domino', 'probe', '--link', 'a'], 'domino-probe', { link: 'a' }, { ok: true, wantedSchema: {} }],
  [
    ['domino', 'fault', 'add', '--kind', 'busy'],
    'domino-fault',
    { action: 'add', rule: { kind: 'busy', when: {} } },
  ],
  [
    [
      'domino',
      'fault',
      'add',
      '--kind',
      'clock-step',
      '--ms',
      '-5',
      '--database',
      'a.nsf',
      '--method',
      'm',
      '--nth',
      '2',
      '--probability',
      '0.5',
    ],
    'domino-fault',
    {
      action: 'add',
      rule: {
        kind: 'clock-step',
        ms: -5,
        when: { filePath: 'a.nsf', method: 'm', nth: 2, probability: 0.5 },
      },
    },
  ],
  [
    ['domino', 'fault', 'add', '--kind', 'lost-after', '--silent', '--times', '1'],
    'domino-fault',
    { action: 'add', rule: { kind: 'lost-after', silent: true, when: { times: 1 } } },
  ],
  [['account', 'create', 'so-tay', '--role', 'app'], 'account-create', { name: 'so-tay', role: 'app' }],
  [
    ['account', 'password', 'so-tay', '--zone', 'outside'],
    'account-password',
    { name: 'so-tay', zone: 'outside' },
  ],
  [
    ['account', 'sign-out', 'so-tay', '--zone', 'outside'],
    'account-sign-out',
    { name: 'so-tay', zone: 'outside' },
  ],
  [
    ['domino', 'fault', 'add', '--kind', 'network', '--profile', 'wan'],
    'domino-fault',
    { action: 'add', rule: { kind: 'network', when: {}, network: 'wan' } },
  ],
  [
    ['domino', 'fault', 'add', '--kind', 'network', '--bits-per-second', '64000', '--loss', '0.05'],
    'domino-fault',
    {
      action: 'add',
      rule: { kind: 'network', when: {}, network: { bitsPerSecond: 64_000, roundTripMs: 0, loss: 0.05 } },
    },
  ],
  [
    ['domino', 'fault', 'add', '--kind', 'restart', '--nth', '3', '--down-calls', '5'],
    'domino-fault',
    { action: 'add', rule: { kind: 'restart', when: { nth: 3 }, downCalls: 5 } },
  ],
  [
    ['domino', 'fault', 'add', '--kind', 'slow', '--ms-per-document', '2.5'],
    'domino-fault',
    { action: 'add', rule: { kind: 'slow', when: {}, msPerDocument: 2.5 } },
  ],
  [['domino', 'fault', 'seed', '--seed', '-7'], 'domino-fault', { action: 'seed', seed: -7 }],
  [['domino', 'fault', 'list'], 'domino-fault', { action: 'list' }],
  [['domino', 'fault', 'clear'], 'domino-fault', { action: 'clear' }],
  [['domino', 'clock'], 'domino-clock', {}],
  [['domino', 'clock', '--back', '60'], 'domino-clock', { advanceSeconds: -60 }],
  [['domino', 'clock', '--advance', '60'], 'domino-clock', { advanceSeconds: 60 }],
  [['domino', 'clock', '--of', 'H/T'], 'domino-clock', { server: 'H/T' }],
  [['domino', 'server', 'list'], 'domino-server', { action: 'list' }],
  [['domino', 'server', 'add', 'CN=H/O=T'], 'domino-server', { action: 'add', name: 'CN=H/O=T' }],
  [
    ['domino', 'server', 'remove', 'H/T', '--yes'],
    'domino-server',
    { action: 'remove', name: 'H/T', confirmed: true },
    { done: true },
  ],
  [['domino', 'switch'], 'domino-switch', {}, { switches: [] }],
  [
    ['domino', 'switch', 'divergence', 'revisions', '--database', 'a.nsf'],
    'domino-switch',
    { name: 'divergence', value: 'revisions', database: 'a.nsf' },
    { switches: [] },
  ],
  [
    ['domino', 'switch', 'divergence', '--reset'],
    'domino-switch',
    { name: 'divergence', value: null },
    { switches: [] },
  ],
];

describe('every command', () => {
  it.each(COMMANDS)('%j asks for %s', async (typed, operation, args, answer) => {
    const run = await runBridgeHere(typed, () => Promise.resolve(answer ?? null));
    expect(run.errors).toBe('');
    expect(run.calls).toEqual([{ operation, args }]);
    expect(run.exit).toBe(0);
    expect(run.closed).toBe(1);
  });

  it.each(COMMANDS)(
    '%j --json asks the same, prints the answer and nothing else',
    async (typed, operation, args, answer = { tên: 'Đỗ Thị Ước' }) => {
      const run = await runBridgeHere(
        [...typed, ...(typed.includes('--json') ? [] : ['--json']), '--data-dir', '/elsewhere'],
        (_, __, { onProgress }) => {
          onProgress({ phase: 'reading', done: 1, estimated: 2 });
          return Promise.resolve(answer);
        },
      );
      expect(JSON.parse(run.out)).toEqual(answer);
      expect(run.calls).toEqual([{ operation, args }]);
      expect(run.errors).toBe('reading: 1 of 2\n');
    },
  );

  const leaves = leavesOf(createProgram(registrar()));

  it('is in the table above', () => {
    const lines = COMMANDS.map(([typed]) => `${typed.join(' ')} `);
    const isTried = (path: string) => lines.some((line) => line.startsWith(`${path} `));
    const untried = leaves.map((path) => path.join(' ')).filter((path) => !isTried(path));
    // The lists are typed without their names, as the default of their group; completion, doctor and serve-rest ask for no operation of their own.
    expect(untried.toSorted()).toEqual([
      'completion',
      'conflicts list',
      'doctor',
      'domino serve-rest',
      'instance list',
      'quarantine list',
      'webhook list',
    ]);
  });

  it.each(leaves)('has help with examples and exit codes: %s %s %s', async (...path) => {
    const run = await runBridgeHere([...path, '--help']);
    expect(run.exit).toBe(0);
    expect(run.calls).toEqual([]);
    expect(run.out).toContain(`Examples:\n  bridge ${path.join(' ')}`);
    for (const code of [0, 1, 2, 3, 4, 5, 130]) expect(run.out).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'));
    expect(run.out).toContain('--json');
  });

  it.each(['conflicts', 'quarantine', 'journal', 'config', 'domino'])(
    '%s --help lists its commands',
    async (group) => {
      const run = await runBridgeHere([group, '--help']);
      expect(run.exit).toBe(0);
      expect(run.out).toMatch(/Commands:[\s\S]*Examples:[\s\S]*Exit codes:/);
    },
  );
});

function registrar() {
  const unused = () => Promise.reject(new Error('not to be called'));
  const signal = new AbortController().signal;
  return {
    shell: {
      argv: [],
      cwd: '/',
      user: '',
      isOutputTerminal: false,
      loadDoctor: () => Promise.reject(new Error('unused')),
      progressTerminal: null,
      signal,
      writeOut: () => {},
      writeError: () => {},
      readDataDir: () => '/',
      loadInProcess: unused,
      loadRestServer: unused,
    },
    finish: () => {},
  };
}

function leavesOf(command: Command): string[][] {
  if (command.commands.length === 0) return [[]];
  return command.commands.flatMap((child) => leavesOf(child).map((path) => [child.name(), ...path]));
}
