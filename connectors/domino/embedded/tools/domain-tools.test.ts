import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DominoServers } from '../engine/domino-servers.ts';
import { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import type { DominoTools } from '../tools-port.ts';
import { createDominoTools } from './create-domino-tools.ts';

const FAR = 'CN=Huyen/O=Tinh uy';
const THERE = `${FAR}!!members.nsf`;
const X = (value: string) => ({ X: { type: 'text', values: [value] } as const });

let directory: string;
let time: number;
let servers: DominoServers;
let tools: DominoTools;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'domino-servers-'));
  time = Date.parse('2026-03-02T01:02:03.450Z');
  open();
  tools.createDatabase('members.nsf', null);
});
afterEach(() => {
  servers.close();
  rmSync(directory, { recursive: true, force: true });
});

function open(): void {
  const timeSource = (): number => time;
  const home = new EmbeddedDomino({ root: join(directory, 'domino'), name: 'CN=Home/O=T', timeSource });
  servers = new DominoServers(home, { timeSource });
  tools = createDominoTools({ servers, faults: new FaultInjector() });
}

function note(value: string): string {
  time += 1000;
  return tools.createNote('members.nsf', { Form: { type: 'text', values: ['F'] }, ...X(value) }, null).unid;
}

function edit(database: string, unid: string, value: string): void {
  time += 1000;
  tools.editNote(database, unid, X(value), 'CN=Lan/O=T');
}

const value = (database: string, unid: string): unknown =>
  tools.showNote(database, unid).items.find(({ name }) => name === 'X')?.values[0];

const replicate = (cutAfter: number | null = null) =>
  tools.administration.replicate({ database: 'members.nsf', with: THERE, direction: 'both', cutAfter });

describe('several servers', () => {
  test('[RE8] have clocks of their own: the history of each direction is in the time of its sender', () => {
    const unid = note('0');
    tools.domain.addServer(FAR);
    tools.domain.moveClock('Huyen/Tinh uy', 7 * 86_400);
    expect(tools.administration.createReplica('members.nsf', THERE)).toMatchObject({ added: 1 });
    edit(THERE, unid, 'a week ahead');
    expect(tools.showNote(THERE, unid)).toMatchObject({
      database: THERE,
      sequenceTime: '2026-03-09T01:02:05.45Z',
    });
    expect(replicate()).toMatchObject([
      { from: THERE, to: 'CN=Home/O=T!!members.nsf', updated: 1 },
      { from: 'CN=Home/O=T!!members.nsf', to: THERE },
    ]);
    expect(tools.showNote('members.nsf', unid)).toMatchObject({
      sequenceTime: '2026-03-09T01:02:05.45Z',
      modifiedInFile: '2026-03-02T01:02:05.45Z',
    });
    expect(tools.administration.showReplication('members.nsf').history).toEqual([
      { partner: THERE, direction: 'receive', at: '2026-03-09T01:02:05.45Z' },
      { partner: THERE, direction: 'send', at: '2026-03-02T01:02:05.45Z' },
    ]);
    expect(tools.administration.showReplication(THERE)).toMatchObject({
      database: THERE,
      history: [
        { partner: 'CN=Home/O=T!!members.nsf', direction: 'receive' },
        { partner: 'CN=Home/O=T!!members.nsf', direction: 'send' },
      ],
    });
  });

  test('[RE12] a clock that ran ahead while they replicated hides changes afterwards, until the history is cleared', () => {
    const unid = note('0');
    tools.domain.addServer(FAR);
    tools.domain.moveClock(FAR, 3600);
    tools.administration.createReplica('members.nsf', THERE);
    replicate();
    tools.domain.moveClock(FAR, -3600);
    edit(THERE, unid, 'unseen');
    replicate();
    expect(value('members.nsf', unid)).toBe('0');
    for (const database of ['members.nsf', THERE])
      tools.administration.changeReplication(database, { clearHistory: true });
    replicate();
    expect(value('members.nsf', unid)).toBe('unseen');
  });

  test('[RE15] what Readers hide from the other server stays out of its replica', () => {
    const unid = note('0');
    tools.setReaders('members.nsf', unid, ['CN=Home/O=T'], null);
    tools.domain.addServer(FAR);
    expect(tools.administration.createReplica('members.nsf', THERE)).toMatchObject({ hidden: 1, added: 0 });
  });

  test('stay across restarts with clock and databases, and are removed only when that is said twice', () => {
    tools.domain.addServer(FAR);
    tools.domain.moveClock(FAR, -60);
    tools.administration.createReplica('members.nsf', THERE);
    servers.close();
    open();
    expect(tools.domain.listServers()).toMatchObject([
      { server: 'CN=Home/O=T', home: true, offsetSeconds: 0, databases: 1 },
      { server: FAR, home: false, offsetSeconds: -60, databases: 1 },
    ]);
    expect(tools.listDatabases().map(({ database }) => database)).toEqual(['members.nsf', THERE]);
    expect(tools.domain.removeServer(FAR, false)).toEqual({
      server: FAR,
      done: false,
      databases: ['members.nsf'],
    });
    expect(tools.domain.removeServer(FAR, true)).toMatchObject({ done: true });
    expect(() => tools.listNotes(THERE, 1)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => tools.domain.removeServer('Home/T', true)).toThrow(
      expect.objectContaining({ code: 'refused' }),
    );
  });

  test('documents are pasted, databases moved from one to the other', () => {
    const unid = note('0');
    tools.domain.addServer(FAR);
    tools.createDatabase(`${FAR}!!archive.nsf`, null);
    const paste = { database: 'members.nsf', unid, under: null, cut: true, as: null };
    const pasted = tools.administration.paste({ ...paste, into: `${FAR}!!archive.nsf` });
    expect(pasted.database).toBe(`${FAR}!!archive.nsf`);
    expect(value(pasted.database, pasted.unid)).toBe('0');
    tools.administration.move(pasted.database, 'archive.nsf');
    expect(value('archive.nsf', pasted.unid)).toBe('0');
    for (const name of ['Huyen', 'CN=a!!b', FAR, 'home/t'])
      expect(() => tools.domain.addServer(name)).toThrow(expect.objectContaining({ code: 'refused' }));
  });
});

describe('switches', () => {
  test('[FC13] count from the next call on, for all or for one database, and are kept', () => {
    const conflicts = (database: string): number => {
      const unid = note('0');
      tools.createDatabase(database, null);
      tools.administration.createReplica('members.nsf', `copy-${database}`);
      const copy = `copy-${database}`;
      edit('members.nsf', unid, 'a');
      edit(copy, unid, 'b');
      edit(copy, unid, 'c');
      const [row] = tools.administration.replicate({
        database: 'members.nsf',
        with: copy,
        direction: 'pull',
        cutAfter: null,
      });
      return row?.conflicts ?? -1;
    };
    expect(conflicts('one.nsf')).toBe(0);
    expect(tools.domain.setSwitch('Divergence', 'revisions', 'members.nsf')).toMatchObject({
      name: 'divergence',
      value: 'revisions',
      default: 'equal-sequence',
      setFor: 'database',
      databases: ['members.nsf'],
    });
    expect(conflicts('two.nsf')).toBe(1);
    expect(tools.domain.listSwitches('divergence', null)).toMatchObject([{ value: 'equal-sequence' }]);
    servers.close();
    open();
    expect(tools.domain.listSwitches('divergence', 'members.nsf')).toMatchObject([{ value: 'revisions' }]);
    expect(tools.domain.setSwitch('divergence', null, 'members.nsf')).toMatchObject({ setFor: 'default' });
    expect(conflicts('three.nsf')).toBe(0);
  });

  test('[FC13] every one says what is open, with which values and from which source', () => {
    const all = tools.domain.listSwitches(null, null);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const row of all) {
      expect(row, row.name).toMatchObject({ value: row.default, setFor: 'default', databases: [] });
      expect(row.values.length, row.name).toBeGreaterThan(1);
      expect(row.values[0], row.name).toBe(row.default);
      expect([row.question, row.source], row.name).not.toContain('');
    }
  });

  test('[FC4] what is no switch, no value, or no switch of a database is refused', () => {
    const refused = (name: string, value: string, database: string | null = null): unknown => {
      try {
        return tools.domain.setSwitch(name, value, database);
      } catch (error) {
        return (error as { readonly code?: string }).code;
      }
    };
    expect(refused('kindness', 'on')).toBe('not-found');
    expect(refused('divergence', 'sometimes')).toBe('bad-request');
    expect(refused('maxDocuments', '0')).toBe('bad-request');
    expect(refused('conflictStatus', '409', 'members.nsf')).toBe('bad-request');
    expect(refused('divergence', 'revisions', 'absent.nsf')).toBe('not-found');
    expect(refused('maxDocuments', '50')).toMatchObject({ value: '50', setFor: 'server' });
    const file = join(directory, 'domino', 'switches.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ server: { maxDocuments: 50 }, databases: {} });
    writeFileSync(file, '{"server":{"kindness":1},"databases":{}}');
    servers.close();
    expect(open).toThrow(/switches\.json.*kindness/su);
    writeFileSync(file, '{"server":{},"databases":{}}');
    open();
  });
});
