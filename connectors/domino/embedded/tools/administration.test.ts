import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryDomino, temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import type { DominoAdministration } from '../administration-port.ts';
import type { DominoTools } from '../tools-port.ts';
import { DominoServers } from '../engine/domino-servers.ts';
import { createDominoTools } from './create-domino-tools.ts';

const DATABASE = 'members.nsf';
const COPY = 'copy.nsf';
const X = (value: string) => ({ X: { type: 'text', values: [value] } as const });

let t: TemporaryDomino;
let tools: DominoTools;
let admin: DominoAdministration;
beforeEach(() => {
  t = temporaryDomino();
  tools = createDominoTools({ servers: new DominoServers(t.domino), faults: new FaultInjector() });
  admin = tools.administration;
});
afterEach(() => t[Symbol.dispose]());

function note(value: string, as: string | null = null): string {
  t.time += 1000;
  return tools.createNote(DATABASE, { Form: { type: 'text', values: ['F'] }, ...X(value) }, as).unid;
}

function edit(database: string, unid: string, value: string): void {
  t.time += 1000;
  tools.editNote(database, unid, X(value), 'CN=Lan/O=Party');
}

const values = (database: string, unid: string): unknown =>
  tools.showNote(database, unid).items.find(({ name }) => name === 'X')?.values;

describe('replicas on one server', () => {
  test('are made, drift apart, and come together with a conflict', () => {
    const unid = note('0');
    expect(admin.createReplica(DATABASE, COPY)).toMatchObject({ added: 1, full: true, completed: true });
    edit(DATABASE, unid, 'here');
    edit(COPY, unid, 'there');
    const request = {
      database: DATABASE,
      with: COPY,
      direction: 'both',
      cutAfter: null,
    } as const;
    expect(admin.replicate(request)).toMatchObject([
      { to: 'CN=Embedded/O=Domino!!members.nsf', conflicts: 1 },
      { to: 'CN=Embedded/O=Domino!!copy.nsf', added: 1 },
    ]);
    expect([values(DATABASE, unid), values(COPY, unid)]).toEqual([['there'], ['there']]);
    const conflict = tools.listNotes(COPY, 5).notes.find((one) => one.unid !== unid);
    expect(tools.showNote(COPY, conflict?.unid ?? '')).toMatchObject({ conflict: true, parent: unid });
  });

  test('a cut leaves the rest for the next time; databases that are no replicas are refused', () => {
    for (const value of ['1', '2', '3']) note(value);
    t.domino.createDatabase(COPY, { replicaId: t.database.replicaId });
    const pull = { database: COPY, with: DATABASE, direction: 'pull' } as const;
    expect(admin.replicate({ ...pull, cutAfter: 1 })).toMatchObject([{ completed: false, added: 1 }]);
    expect(admin.replicate({ ...pull, cutAfter: null })).toMatchObject([{ completed: true, added: 2 }]);
    t.domino.createDatabase('other.nsf');
    expect(() => admin.replicate({ ...pull, with: 'other.nsf', cutAfter: null })).toThrow(
      expect.objectContaining({ code: 'refused' }),
    );
  });

  test('settings are shown, changed and kept', () => {
    const unid = note('0');
    const changes = { pirc: true, softDeleteHours: 2, forms: ['G'], cutoff: 0, clearHistory: true };
    expect(admin.changeReplication(DATABASE, changes)).toMatchObject({
      pirc: true,
      softDeleteHours: 2,
      forms: ['G'],
      cutoff: '1970-01-01T00:00:00.00Z',
      history: [],
    });
    expect(t.database.readBare(unid)).toBeNull();
    t.reopen();
    expect(t.database.settings).toMatchObject({ pirc: true, softDeleteHours: 2, purgeIntervalDays: 90 });
  });
});

describe('access', () => {
  test('the first entry makes an ACL, entries are replaced and removed, what Domino refuses is refused', () => {
    expect(admin.showAcl(DATABASE)).toMatchObject({ hasAcl: false, entries: [] });
    const lan = { name: 'CN=Lan/O=Party', level: 'author', creates: true, deletes: false, roles: ['BiThu'] };
    expect(admin.changeAcl(DATABASE, lan)).toMatchObject({
      hasAcl: true,
      roles: ['BiThu'],
      entries: [{ level: 'manager' }, { name: '-Default-', level: 'editor' }, lan],
    });
    expect(admin.changeAcl(DATABASE, { ...lan, name: 'Lan/Party', level: 'reader' }).entries).toHaveLength(3);
    const unid = note('0');
    expect(() => edit(DATABASE, unid, '1')).toThrow(expect.objectContaining({ code: 'refused' }));
    expect(admin.changeAcl(DATABASE, { name: 'lan/party', level: null }).entries).toHaveLength(2);
    edit(DATABASE, unid, '1');
    expect(() => admin.changeAcl(DATABASE, { name: '-Default-', level: null })).toThrow(
      expect.objectContaining({ code: 'refused' }),
    );
  });

  test('groups count in ACLs', () => {
    expect(admin.setGroup('Ban', ['CN=Lan/O=Party'])).toEqual([
      { group: 'Ban', members: ['CN=Lan/O=Party'] },
    ]);
    const rights = { creates: false, deletes: false, roles: [] };
    admin.changeAcl(DATABASE, { name: 'Ban', level: 'reader', ...rights });
    expect(() => note('0', 'CN=Lan/O=Party')).toThrow(expect.objectContaining({ code: 'refused' }));
    expect(admin.setGroup('Ban', [])).toEqual([]);
    note('0', 'CN=Lan/O=Party');
  });
});

describe('copies', () => {
  test('a restore says what would be lost, and then does it', () => {
    const kept = note('0');
    const file = join(t.root, 'members.backup');
    expect(admin.backUp(DATABASE, file)).toMatchObject({ notes: 1 });
    edit(DATABASE, kept, 'later');
    note('new');
    expect(admin.restore(DATABASE, file, false)).toMatchObject({
      done: false,
      notesBefore: 2,
      notesInBackup: 1,
      notesLost: 2,
    });
    expect(values(DATABASE, kept)).toEqual(['later']);
    expect(admin.restore(DATABASE, file, true)).toMatchObject({ done: true });
    expect([values(DATABASE, kept), tools.listNotes(DATABASE, 5).total]).toEqual([['0'], 1]);
    t.domino.createDatabase(COPY);
    expect(() => admin.restore(COPY, file, true)).toThrow(expect.objectContaining({ code: 'refused' }));
  });

  test('a purge counts, and then forgets', () => {
    tools.deleteNote(DATABASE, note('0'), null);
    t.time += 91 * 86_400_000;
    expect(admin.purge(DATABASE, false)).toMatchObject({ done: false, stubs: 1 });
    expect(t.database.stubs()).toHaveLength(1);
    expect(admin.purge(DATABASE, true)).toMatchObject({ done: true, stubs: 1 });
    expect(t.database.stubs()).toEqual([]);
  });

  test('a soft deletion leaves no stub, is listed and undone', () => {
    admin.changeReplication(DATABASE, { softDeleteHours: 1 });
    const unid = note('0');
    expect(tools.deleteNote(DATABASE, unid, 'CN=Lan/O=Party')).toMatchObject({ unid, by: 'CN=Lan/O=Party' });
    expect(admin.listSoftDeleted(DATABASE)).toMatchObject([{ unid }]);
    expect(admin.undelete(DATABASE, unid)).toMatchObject({ unid, sequence: 2 });
    expect(admin.listSoftDeleted(DATABASE)).toEqual([]);
  });

  test('pasting copies, cutting moves, a move takes the file', () => {
    const unid = note('0');
    t.domino.createDatabase(COPY);
    const request = { database: DATABASE, unid, into: null, under: null, cut: false, as: 'CN=Lan/O=Party' };
    expect(admin.paste(request)).toMatchObject({ database: DATABASE, sequence: 1, by: 'CN=Lan/O=Party' });
    const moved = admin.paste({ ...request, into: COPY, cut: true, as: null });
    expect(moved).toMatchObject({ database: COPY, by: 'CN=Embedded/O=Domino' });
    expect(values(COPY, moved.unid)).toEqual(['0']);
    expect([t.database.count(), t.database.stubs().length]).toEqual([1, 1]);
    expect(admin.move(COPY, 'archive/copy.nsf')).toEqual({ database: 'archive/copy.nsf', from: COPY });
    expect(tools.listDatabases().map(({ database }) => database)).toEqual(['archive/copy.nsf', DATABASE]);
  });
});
