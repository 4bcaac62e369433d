import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type TemporaryDomino,
  temporaryDomino,
} from '../../../connectors/domino/embedded/engine/testing/temporary-domino.ts';
import { FaultInjector } from '../../../connectors/domino/embedded/faults/fault-injector.ts';
import { DominoServers } from '../../../connectors/domino/embedded/engine/domino-servers.ts';
import { createDominoTools } from '../../../connectors/domino/embedded/tools/create-domino-tools.ts';
import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { OperationContext, Progress } from '../operation.ts';
import { dominoOperations } from './domino-operations.ts';

const UNID = '0123456789ABCDEF0123456789ABCDEF';
const REPORT = { passed: ['a'], failed: [], skipped: [] };

/** Every operation with arguments as the command line gives them. */
const CALLS: readonly (readonly [name: string, args: Record<string, unknown>])[] = [
  ['domino-create', { database: 'a.nsf', title: 'Thử' }],
  ['domino-list', {}],
  ['domino-list', { database: 'members.nsf' }],
  ['domino-show', { database: 'members.nsf', unid: UNID }],
  ['domino-edit', { database: 'members.nsf', unid: UNID, items: { A: { type: 'text', values: ['x'] } } }],
  ['domino-create-note', { database: 'members.nsf', form: 'F', items: {}, as: 'CN=A/O=B' }],
  ['domino-delete', { database: 'members.nsf', unid: UNID }],
  ['domino-readers', { database: 'members.nsf', unid: UNID, readers: ['[BiThu]'] }],
  ['domino-import-dxl', { database: 'members.nsf', files: ['/absent.dxl'] }],
  ['domino-export', { database: 'members.nsf' }],
  ['domino-generate', { members: 5, seed: 0, databasePrefix: 'p-' }],
  ['domino-fault', { action: 'add', rule: { kind: 'busy', when: { times: 1 } } }],
  ['domino-fault', { action: 'list' }],
  ['domino-clock', { advanceSeconds: 60 }],
  ['domino-clock', { server: 'CN=Huyen/O=T' }],
  ['domino-server', { action: 'list' }],
  ['domino-server', { action: 'add', name: 'CN=Huyen/O=T' }],
  ['domino-server', { action: 'remove', name: 'CN=Huyen/O=T' }],
  ['domino-switch', {}],
  ['domino-switch', { name: 'divergence', value: 'revisions' }],
  ['domino-switch', { name: 'divergence', value: null, database: 'members.nsf' }],
  ['domino-replicate', { database: 'members.nsf', with: 'copy.nsf', direction: 'pull', cutAfter: 3 }],
  ['domino-replica', { database: 'members.nsf', path: 'copy.nsf' }],
  ['domino-replication', { database: 'members.nsf', changes: { pirc: true } }],
  ['domino-acl', { database: 'members.nsf', set: { name: '-Default-', level: 'reader' } }],
  ['domino-group', { set: { group: 'G', members: ['CN=A/O=B'] } }],
  ['domino-backup', { database: 'members.nsf', out: '/absent/backup' }],
  ['domino-restore', { database: 'members.nsf', file: '/absent/backup' }],
  ['domino-purge', { database: 'members.nsf' }],
  ['domino-undelete', { database: 'members.nsf', unid: UNID }],
  ['domino-paste', { database: 'members.nsf', unid: UNID, cut: true }],
  ['domino-agent', { database: 'members.nsf', task: { kind: 'form', from: 'F', to: null } }],
  ['domino-hold', { action: 'list' }],
  ['domino-view', { action: 'list', database: 'members.nsf' }],
  ['domino-catalog', { database: 'members.nsf' }],
  ['domino-fulltext', { database: 'members.nsf', drop: true }],
  ['domino-query', { database: 'members.nsf', query: '@all' }],
  ['domino-move', { database: 'members.nsf', path: 'moved.nsf' }],
];

const PROBE = { ok: false, findings: [] };

let temporary: TemporaryDomino;
let tools: DominoTools;
let steps: Progress[];
let context: OperationContext;
beforeEach(() => {
  temporary = temporaryDomino();
  tools = createDominoTools({ servers: new DominoServers(temporary.domino), faults: new FaultInjector() });
  steps = [];
  context = {
    by: 'operator',
    signal: new AbortController().signal,
    progress: (step) => steps.push(step),
  };
});
afterEach(() => temporary[Symbol.dispose]());

async function run(name: string, args: unknown, on: DominoTools | null = tools): Promise<unknown> {
  const operation = dominoOperations(
    on,
    async () => REPORT,
    async () => PROBE,
  ).find((one) => one.name === name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return operation.run(operation.args.parse(args), context);
}

describe('dominoOperations', () => {
  test.for(CALLS)('%s is unavailable where the bridge has no embedded Domino', async ([name, args]) => {
    await expect(run(name, args, null)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('every one has arguments that OpenAPI can show', () => {
    const names = dominoOperations(
      tools,
      async () => REPORT,
      async () => PROBE,
    ).map(({ name, args }) => {
      expect(z.toJSONSchema(args, { io: 'input' })).toHaveProperty('$schema');
      return name;
    });
    expect([...new Set(names)].sort()).toEqual(
      [...new Set(CALLS.map(([name]) => name)), 'domino-contract', 'domino-probe'].sort(),
    );
  });

  test('a note lives: create, show, edit, readers, list, delete', async () => {
    const { unid } = (await run('domino-create-note', {
      database: 'members.nsf',
      form: 'DangVien',
      items: { HoTen: { type: 'text', values: ['Trần Thị Bưởi'], names: undefined } },
    })) as { unid: string };
    const of = { database: 'members.nsf', unid };
    await run('domino-edit', { ...of, items: { N: { type: 'number', values: [7] } }, as: 'CN=A/O=B' });
    await run('domino-readers', { ...of, readers: ['CN=A/O=B'] });
    expect(await run('domino-show', of)).toMatchObject({
      sequence: 3,
      items: expect.arrayContaining([
        expect.objectContaining({ name: 'Form', values: ['DangVien'] }),
        expect.objectContaining({ name: 'HoTen', values: ['Trần Thị Bưởi'] }),
        expect.objectContaining({ name: 'N', values: [7] }),
        expect.objectContaining({ name: 'DocReaders', flags: expect.arrayContaining(['readers']) }),
      ]),
    });
    expect(await run('domino-list', { database: 'members.nsf' })).toMatchObject({
      total: 1,
      notes: [{ unid, form: 'DangVien' }],
    });
    await expect(run('domino-delete', { ...of, as: 'CN=Other/O=B' })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(await run('domino-delete', of)).toMatchObject({ unid });
    await expect(run('domino-show', of)).rejects.toMatchObject({ code: 'not-found' });
    expect(await run('domino-list', {})).toMatchObject({
      databases: [{ database: 'members.nsf', stubs: 1 }],
    });
  });

  test('a view is made, catalogued, built, asked, filled and removed', async () => {
    const database = 'members.nsf';
    const columns = [{ name: 'a', item: 'A', sorted: 'ascending' }];
    const items = { A: { type: 'text', values: ['x'] } };
    const { unid } = (await run('domino-create-note', { database, form: 'F', items })) as { unid: string };
    await run('domino-view', { action: 'create', database, view: { name: 'V', columns } });
    await run('domino-view', { action: 'create', database, view: { name: 'G', kind: 'folder' } });
    await run('domino-view', { action: 'put', database, name: 'G', unids: [unid] });
    await run('domino-view', { action: 'build', database });
    await run('domino-catalog', { database });
    const query = "'V'.a = 'x' and in ('G')";
    expect(await run('domino-query', { database, query })).toMatchObject({ found: 1, notes: [{ unid }] });
    await run('domino-view', { action: 'take', database, name: 'G', unids: [unid] });
    expect(await run('domino-query', { database, query })).toMatchObject({ found: 0 });
    await run('domino-view', { action: 'remove', database, name: 'G' });
    expect(await run('domino-view', { action: 'list', database })).toMatchObject({
      views: [{ name: 'V', columns: ['a=A:ascending'], catalog: 'current' }],
    });
    expect(await run('domino-fulltext', { database })).toMatchObject({ fullTextUpTo: expect.any(String) });
  });

  test('a note held open and saved after an agent becomes a save conflict', async () => {
    const database = 'members.nsf';
    const { unid } = (await run('domino-create-note', { database, form: 'F', items: {} })) as {
      unid: string;
    };
    const of = { database, unid, as: 'CN=A/O=B' };
    await run('domino-hold', { action: 'open', ...of });
    expect(await run('domino-hold', { action: 'list' })).toMatchObject({ held: [{ unid, by: 'CN=A/O=B' }] });
    const task = { kind: 'stamp', items: { N: { type: 'number', values: [7] } } };
    expect(await run('domino-agent', { database, task })).toMatchObject({ done: false, notes: 1 });
    expect(await run('domino-agent', { database, task, confirmed: true })).toMatchObject({
      done: true,
      notes: 1,
    });
    const items = { A: { type: 'text', values: ['x'] } };
    expect(await run('domino-hold', { action: 'save', ...of, items })).toMatchObject({
      outcome: 'save-conflict',
    });
    await expect(run('domino-hold', { action: 'close', ...of })).rejects.toMatchObject({ code: 'not-found' });
    expect(await run('domino-list', { database })).toMatchObject({ total: 2 });
  });

  test('what is exported without a file is imported again', async () => {
    const generated = await run('domino-generate', { members: 30, seed: 1 });
    expect(generated).toMatchObject({ databases: ['dangvien.nsf', 'tacnghiep.nsf'] });
    const { forms, notes } = generated as { forms: Record<string, number | string>[]; notes: number };
    const counted = forms.flatMap((row) => Object.values(row).filter((value) => typeof value === 'number'));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(notes);
    expect(steps.at(-1)).toEqual({ phase: 'generate', done: 30, estimated: 30 });
    const { dxl } = (await run('domino-export', { database: 'dangvien.nsf' })) as { dxl: string };
    expect(dxl.match(/<document /gu)).toHaveLength(temporary.domino.openDatabase('dangvien.nsf').count());
  });

  test('faults are added, listed in one row each, and cleared', async () => {
    const rule = { kind: 'latency', when: { filePath: 'members.nsf', probability: 0.5 }, ms: 20 };
    const row = { kind: 'latency', filePath: 'members.nsf', probability: 0.5, ms: 20 };
    expect(await run('domino-fault', { action: 'add', rule })).toEqual({ faults: [row] });
    expect(await run('domino-fault', { action: 'list' })).toEqual({ faults: [row] });
    await expect(run('domino-fault', { action: 'add', rule: { kind: 'flood' } })).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect(await run('domino-fault', { action: 'clear' })).toEqual({ faults: [] });
  });

  test('the clock goes forward and back, and is shown', async () => {
    expect(await run('domino-clock', { advanceSeconds: 90 })).toMatchObject({ offsetSeconds: 90 });
    expect(await run('domino-clock', { advanceSeconds: -100 })).toMatchObject({ offsetSeconds: -10 });
    expect(await run('domino-clock', {})).toMatchObject({ offsetSeconds: -10 });
  });

  test('the contract says ok only when nothing failed, and runs without an embedded Domino', async () => {
    expect(await run('domino-contract', { link: 'a', scratch: 's.nsf' }, null)).toEqual({
      ok: true,
      ...REPORT,
    });
    const failing = { ...REPORT, failed: [{ name: 'b', reason: 'c' }] };
    const operation = dominoOperations(
      null,
      async () => failing,
      async () => PROBE,
    ).find(({ name }) => name === 'domino-contract');
    expect(await operation?.run({ link: 'a', scratch: 's.nsf' }, context)).toEqual({ ok: false, ...failing });
  });

  test('the probe runs on any link, and passes on what its way in found', async () => {
    expect(await run('domino-probe', { link: 'a' }, null)).toEqual(PROBE);
  });

  test.for([
    ['domino-create', { database: 'a.txt' }],
    ['domino-show', { database: 'a.nsf', unid: 'x' }],
    ['domino-edit', { database: 'a.nsf', unid: UNID, items: { A: { type: 'richtext', values: [] } } }],
    ['domino-import-dxl', { database: 'a.nsf', files: [] }],
    ['domino-generate', { members: 0, seed: 1 }],
    ['domino-clock', { advanceSeconds: 0.5 }],
    ['domino-agent', { database: 'a.nsf', task: { kind: 'retype', item: 'A', how: 'to-dust' } }],
    ['domino-hold', { action: 'save', database: 'a.nsf', unid: UNID }],
    ['domino-view', { action: 'put', database: 'a.nsf', name: 'V', unids: [] }],
    ['domino-query', { database: 'a.nsf', query: '' }],
    ['domino-fault', { action: 'add' }],
  ] as const)('%s refuses arguments that cannot be', async ([name, args]) => {
    await expect(run(name, args)).rejects.toThrow(z.ZodError);
  });
});
