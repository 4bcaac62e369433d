import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '../../../../src/sync/note.ts';
import { namesItem, textItem } from '../engine/item-builders.ts';
import { type TemporaryDomino, temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import { plainRichText } from '../generate/plain-rich-text.ts';
import { DominoToolError, type DominoTools, type ShownNote } from '../tools-port.ts';
import { DominoServers } from '../engine/domino-servers.ts';
import { createDominoTools } from './create-domino-tools.ts';

const OFFICER = 'CN=Can bo 1/O=Mau';
const FILE = 'members.nsf';
const ABSENT = 'DEADBEEFDEADBEEFDEADBEEFDEADBEEF';
const text = (...values: string[]): Item => ({ type: 'text', values });

let temporary: TemporaryDomino;
let tools: DominoTools;
beforeEach(() => {
  temporary = temporaryDomino();
  tools = createDominoTools({ servers: new DominoServers(temporary.domino), faults: new FaultInjector() });
});
afterEach(() => temporary[Symbol.dispose]());

const item = (note: ShownNote, name: string) => note.items.find((one) => one.name === name);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof DominoToolError) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

describe('notes', () => {
  test('an edit is a save under the person: next sequence, new time, trail', () => {
    const { unid } = tools.createNote(FILE, { Form: text('F'), N: { type: 'number', values: [1] } }, null);
    temporary.time += 5000;
    const saved = tools.editNote(
      FILE,
      unid,
      {
        N: { type: 'number', values: [2, 3], list: true },
        Day: { type: 'datetime', values: ['2026-01-31'] },
      },
      OFFICER,
    );
    expect(saved).toEqual({
      database: FILE,
      unid,
      sequence: 2,
      modified: '2026-03-02T01:02:08.45Z',
      by: OFFICER,
    });
    const shown = tools.showNote(FILE, unid);
    expect(shown).toMatchObject({
      sequence: 2,
      sequenceTime: '2026-03-02T01:02:08.45Z',
      created: '2026-03-02T01:02:03.45Z',
      modifiedInFile: '2026-03-02T01:02:08.45Z',
      addedToFile: '2026-03-02T01:02:03.45Z',
      parent: null,
      conflict: false,
    });
    expect(item(shown, 'N')).toEqual({
      name: 'N',
      type: 'number',
      flags: ['summary', 'list'],
      values: [2, 3],
      bytes: null,
    });
    expect(item(shown, 'Day')).toMatchObject({ type: 'datetime', values: ['2026-01-31'] });
    expect(item(shown, '$UpdatedBy')).toMatchObject({
      values: [temporary.domino.name, OFFICER],
      flags: ['summary', 'names', 'list'],
    });
    expect(item(shown, '$Revisions')?.values).toEqual(['2026-03-02T01:02:03.45Z']);
  });

  test('a typed text keeps what the form made of the item: rich text, readers, outside the summary', () => {
    const { unid } = temporary.database.create([
      textItem('Form', 'F'),
      plainRichText('Body', ['old']),
      namesItem('Who', ['*'], 'readers'),
      textItem('Long', 'x', { summary: false }),
    ]);
    tools.editNote(FILE, unid, { Body: text('a < b\nc & d'), Who: text('[CauNoi]'), Long: text('y') }, null);
    const shown = tools.showNote(FILE, unid);
    expect(item(shown, 'Body')).toMatchObject({ type: 'richtext', values: [] });
    expect(item(shown, 'Who')).toMatchObject({
      values: ['[CauNoi]'],
      flags: ['summary', 'names', 'readers'],
    });
    expect(item(shown, 'Long')).toMatchObject({ values: ['y'], flags: [] });
    const body = temporary.database.read(unid)?.items.find(({ name }) => name === 'Body')?.value;
    expect(body?.type === 'richtext' && new TextDecoder().decode(body.bytes)).toBe(
      "<richtext><pardef id='1'/><par def='1'>a &lt; b</par><par>c &amp; d</par></richtext>",
    );
  });

  test('readers hide the note from others, every other Readers item goes, and none opens it again', () => {
    const { unid } = temporary.database.create([
      textItem('Form', 'F'),
      namesItem('OldReaders', ['*'], 'readers'),
    ]);
    tools.setReaders(FILE, unid, ['[BiThu]', OFFICER], null);
    expect(item(tools.showNote(FILE, unid), 'OldReaders')).toBeUndefined();
    expect(item(tools.showNote(FILE, unid), 'DocReaders')).toMatchObject({ values: ['[BiThu]', OFFICER] });
    const other = 'CN=Other/O=Mau';
    expect(codeOf(() => tools.editNote(FILE, unid, { A: text('1') }, other))).toBe('refused');
    expect(codeOf(() => tools.deleteNote(FILE, unid, other))).toBe('refused');
    expect(tools.editNote(FILE, unid, { A: text('1') }, OFFICER).by).toBe(OFFICER);
    tools.setReaders(FILE, unid, [], OFFICER);
    expect(tools.editNote(FILE, unid, { A: text('2') }, other).by).toBe(other);
  });

  test('a deletion leaves a stub', () => {
    const { unid } = tools.createNote(FILE, { Form: text('F') }, OFFICER);
    temporary.time += 1000;
    expect(tools.deleteNote(FILE, unid, OFFICER)).toEqual({
      database: FILE,
      unid,
      deletedAt: '2026-03-02T01:02:04.45Z',
      by: OFFICER,
    });
    expect(temporary.database.stubs().map((stub) => stub.unid)).toEqual([unid]);
    expect(codeOf(() => tools.showNote(FILE, unid))).toBe('not-found');
  });

  test('what cannot be is refused with a code', () => {
    const { unid } = tools.createNote(FILE, { Form: text('F') }, null);
    expect(codeOf(() => tools.editNote(FILE, ABSENT, {}, null))).toBe('not-found');
    expect(codeOf(() => tools.deleteNote(FILE, ABSENT, null))).toBe('not-found');
    expect(codeOf(() => tools.showNote('absent.nsf', unid))).toBe('not-found');
    expect(codeOf(() => tools.showNote('../members.nsf', unid))).toBe('bad-request');
    expect(
      codeOf(() => tools.editNote(FILE, unid, { D: { type: 'datetime', values: ['soon'] } }, null)),
    ).toBe('bad-request');
    expect(codeOf(() => tools.editNote(FILE, unid, { Big: text('x'.repeat(40_000)) }, null))).toBe('refused');
    expect(tools.showNote(FILE, unid).sequence).toBe(1);
  });
});

describe('databases', () => {
  test('are created once and listed with what they hold', () => {
    expect(tools.createDatabase('thu/a.nsf', 'Thử')).toMatchObject({
      database: 'thu/a.nsf',
      title: 'Thử',
      notes: 0,
    });
    expect(codeOf(() => tools.createDatabase('thu/a.nsf', null))).toBe('refused');
    const { unid } = tools.createNote('thu/a.nsf', { Form: text('F') }, null);
    tools.createNote('thu/a.nsf', { Form: text('G') }, null);
    tools.deleteNote('thu/a.nsf', unid, null);
    const rows = tools.listDatabases();
    expect(rows.map(({ database, notes, stubs }) => ({ database, notes, stubs }))).toEqual([
      { database: FILE, notes: 0, stubs: 0 },
      { database: 'thu/a.nsf', notes: 1, stubs: 1 },
    ]);
  });

  test('list the notes saved last, and how many there are', () => {
    const unids = ['A', 'B', 'C'].map((form) => {
      temporary.time += 1000;
      return tools.createNote(FILE, { Form: text(form) }, null).unid;
    });
    temporary.time += 1000;
    tools.editNote(FILE, unids[0] ?? '', { X: text('1') }, null);
    expect(tools.listNotes(FILE, 2)).toEqual({
      database: FILE,
      total: 3,
      notes: [
        { unid: unids[0], form: 'A', modified: '2026-03-02T01:02:07.45Z' },
        { unid: unids[2], form: 'C', modified: '2026-03-02T01:02:06.45Z' },
      ],
    });
  });
});

describe('the server', () => {
  test('takes faults, lists them and forgets them', () => {
    const rule = { kind: 'busy', when: { filePath: FILE, times: 2 } };
    tools.addFault(rule);
    expect(tools.listFaults()).toEqual([rule]);
    expect(() => tools.addFault({ kind: 'latency', when: {} })).toThrow(/ms/u);
    expect(codeOf(() => tools.addFault({ kind: 'flood', when: {} }))).toBe('bad-request');
    tools.clearFaults();
    expect(tools.listFaults()).toEqual([]);
  });

  test('moves its clock', () => {
    expect(tools.domain.moveClock(null, 3600)).toEqual({
      server: 'CN=Embedded/O=Domino',
      now: '2026-03-02T02:02:03.45Z',
      offsetSeconds: 3600,
    });
    expect(temporary.domino.now() - temporary.time).toBe(3_600_000);
  });
});
