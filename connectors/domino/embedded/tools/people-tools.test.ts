import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryDomino, temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import type { AgentTask, DominoPeople } from '../people-port.ts';
import type { DominoTools } from '../tools-port.ts';
import { DominoServers } from '../engine/domino-servers.ts';
import { createDominoTools } from './create-domino-tools.ts';

const DATABASE = 'members.nsf';
const LAN = 'CN=Lan/O=Party';
const text = (value: string) => ({ type: 'text', values: [value] }) as const;

let t: TemporaryDomino;
let tools: DominoTools;
let people: DominoPeople;
beforeEach(() => {
  t = temporaryDomino();
  tools = createDominoTools({ servers: new DominoServers(t.domino), faults: new FaultInjector() });
  people = tools.people;
});
afterEach(() => t[Symbol.dispose]());

function note(form: string): string {
  t.time += 1000;
  return tools.createNote(DATABASE, { Form: text(form), X: text('7') }, null).unid;
}

const item = (unid: string, name: string) =>
  tools.showNote(DATABASE, unid).items.find((one) => one.name === name);

describe('agents at the console', () => {
  const request = { database: DATABASE, forms: null, as: LAN, confirmed: true };

  test.for<[AgentTask, string, unknown]>([
    [{ kind: 'stamp', items: { Stamp: text('x') } }, 'Stamp', { values: ['x'] }],
    [
      { kind: 'categorise', categories: ['A', 'B'] },
      'Categories',
      { values: ['A', 'B'], flags: ['summary', 'list'] },
    ],
    [{ kind: 'form', from: 'F', to: 'G' }, 'Form', { values: ['G'] }],
    [{ kind: 'retype', item: 'X', how: 'to-number' }, 'X', { type: 'number', values: [7] }],
    [{ kind: 'retype', item: 'X', how: 'trailing-blank' }, 'X', { values: ['7 '] }],
  ])('[US2] [US5] %j is counted first, and saved when confirmed', ([task, name, after]) => {
    const unid = note('F');
    const before = tools.showNote(DATABASE, unid);
    expect(people.runAgent({ ...request, task, confirmed: false })).toEqual({
      database: DATABASE,
      done: false,
      notes: 1,
      total: 1,
      by: LAN,
    });
    expect(tools.showNote(DATABASE, unid)).toEqual(before);
    expect(people.runAgent({ ...request, task })).toMatchObject({ done: true, notes: 1 });
    expect(item(unid, name)).toMatchObject(after as object);
    expect(tools.showNote(DATABASE, unid).sequence).toBe(2);
  });

  test('[US2] an agent keeps to its forms, and to what its signer may edit', () => {
    const [f, g] = [note('F'), note('G')];
    tools.setReaders(DATABASE, g, ['CN=Other/O=Party'], null);
    const task = { kind: 'stamp', items: {} } as const;
    expect(people.runAgent({ ...request, task, forms: ['F'], as: null })).toMatchObject({
      notes: 1,
      total: 2,
    });
    expect(people.runAgent({ ...request, task })).toMatchObject({ notes: 1 });
    expect([f, g].map((unid) => tools.showNote(DATABASE, unid).sequence)).toEqual([3, 2]);
  });
});

describe('documents held open at the console', () => {
  const save = { database: DATABASE, as: LAN, items: { X: text('lan') }, removed: [], givesUp: false };

  test('[US8] [US1] held across a restart, saved after somebody else: a save conflict, once', () => {
    const unid = note('F');
    expect(people.hold(DATABASE, unid, LAN)).toMatchObject({ unid, by: LAN, sequence: 1 });
    people.hold(DATABASE, unid, LAN);
    t.reopen();
    tools = createDominoTools({ servers: new DominoServers(t.domino), faults: new FaultInjector() });
    people = tools.people;
    t.time += 600_000;
    tools.editNote(DATABASE, unid, { Y: text('bridge') }, null);
    expect(people.listHeld()).toHaveLength(1);
    const outcome = people.saveHeld({ ...save, unid: unid.toLowerCase() });
    expect(outcome).toMatchObject({ outcome: 'save-conflict', by: LAN });
    expect(tools.showNote(DATABASE, outcome.unid ?? '')).toMatchObject({ parent: unid, conflict: true });
    expect(item(unid, 'X')?.values).toEqual(['7']);
    expect(people.listHeld()).toEqual([]);
    expect(() => people.saveHeld({ ...save, unid })).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('[US8] given up, closed, saved alone; where the save is refused the window stays open', () => {
    const unid = note('F');
    people.hold(DATABASE, unid, LAN);
    expect(() => people.closeHeld(DATABASE, unid, 'CN=Other/O=Party')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    people.closeHeld(DATABASE, unid, 'lan/party');
    people.hold(DATABASE, unid, LAN);
    expect(people.saveHeld({ ...save, unid, removed: ['Form'] })).toMatchObject({ outcome: 'saved', unid });
    expect([item(unid, 'X')?.values, item(unid, 'Form')]).toEqual([['lan'], undefined]);
    people.hold(DATABASE, unid, LAN);
    tools.editNote(DATABASE, unid, { X: text('0') }, null);
    const entry = { name: LAN, level: 'reader', creates: false, deletes: false, roles: [] };
    tools.administration.changeAcl(DATABASE, entry);
    expect(() => people.saveHeld({ ...save, unid })).toThrow(expect.objectContaining({ code: 'refused' }));
    tools.administration.changeAcl(DATABASE, { ...entry, level: 'editor' });
    expect(people.saveHeld({ ...save, unid, givesUp: true })).toMatchObject({
      outcome: 'given-up',
      unid: null,
    });
    expect(item(unid, 'X')?.values).toEqual(['0']);
  });
});
