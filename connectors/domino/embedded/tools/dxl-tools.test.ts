import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryDomino, temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { textItem } from '../engine/item-builders.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import { generateSample } from '../generate/generate-sample.ts';
import type { DominoTools, Watch } from '../tools-port.ts';
import { DominoServers } from '../engine/domino-servers.ts';
import { createDominoTools } from './create-domino-tools.ts';

const WATCH: Watch = { signal: new AbortController().signal, progress: () => {} };
const UNID = '0123456789ABCDEF0123456789ABCDEF';

let temporary: TemporaryDomino;
let tools: DominoTools;
beforeEach(() => {
  temporary = temporaryDomino();
  tools = createDominoTools({ servers: new DominoServers(temporary.domino), faults: new FaultInjector() });
});
afterEach(() => temporary[Symbol.dispose]());

function write(name: string, documents: string, root = "version='9.0'"): string {
  const file = join(temporary.root, name);
  writeFileSync(
    file,
    `<?xml version='1.0'?><database xmlns='http://www.lotus.com/dxl' ${root}>${documents}</database>`,
  );
  return file;
}

const document = (unid: string, title: string, sequence: number | null = 1): string =>
  `<document form='F'><noteinfo unid='${unid}'${sequence === null ? '' : ` sequence='${sequence}'`}>` +
  `${sequence === null ? '' : '<revised><datetime>20250101T080000,00+07</datetime></revised>'}</noteinfo>` +
  `<item name='Title'><text>${title}</text></item></document>`;

/** All but what is local to one file. */
const contents = (database: EmbeddedDatabase) =>
  [...database.notes()]
    .map(({ unid, sequence, sequenceTime, created, parent, conflict, items }) => ({
      unid,
      sequence,
      sequenceTime,
      created,
      parent,
      conflict,
      items,
    }))
    .sort((a, b) => (a.unid < b.unid ? -1 : 1));

const leftOver = (): string[] =>
  readdirSync(dirname(temporary.root)).filter((name) => name.startsWith(`${basename(temporary.root)}.`));

describe('export and import', () => {
  test('give equal notes, by file and by text, in a replica of the database', async () => {
    await generateSample({ domino: temporary.domino, members: 120, seed: 3, flaws: true });
    const file = join(temporary.root, 'out.dxl');
    for (const name of ['dangvien.nsf', 'tacnghiep.nsf']) {
      const source = temporary.domino.openDatabase(name);
      const steps: (number | null)[] = [];
      const watch = { ...WATCH, progress: (done: number) => steps.push(done) };
      const report = await tools.exportDxl(name, file, watch);
      expect(report).toEqual({ file, notes: source.count(), bytes: readFileSync(file).byteLength });
      expect(existsSync(`${file}.part`)).toBe(false);
      expect(await tools.exportText(name, 100_000_000, WATCH)).toBe(readFileSync(file, 'utf8'));

      const result = await tools.importDxl(`copy-${name}`, [file], watch);
      expect(result).toMatchObject({ files: 1, documents: source.count(), rejected: [] });
      const copy = temporary.domino.openDatabase(`copy-${name}`);
      expect(contents(copy)).toEqual(contents(source));
      expect([copy.replicaId, copy.title]).toEqual([source.replicaId, source.title]);
      expect(steps).toContain(source.count());
    }
    expect(leftOver()).toEqual([]);
  });

  test('a text that is too long is refused, and names the way out', async () => {
    await generateSample({ domino: temporary.domino, members: 5, seed: 3 });
    await expect(tools.exportText('dangvien.nsf', 1000, WATCH)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('--out'),
    });
  });

  test('a file that cannot be written is said, and nothing is left', async () => {
    const out = join(temporary.root, 'no-such-folder', 'x.dxl');
    await expect(tools.exportDxl('members.nsf', out, WATCH)).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('an export that is given up leaves the older file as it was', async () => {
    temporary.database.create([textItem('Form', 'F')]);
    const out = join(temporary.root, 'x.dxl');
    writeFileSync(out, 'older');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(tools.exportDxl('members.nsf', out, { ...WATCH, signal })).rejects.toThrow(/enough|abort/u);
    expect(readFileSync(out, 'utf8')).toBe('older');
    expect(existsSync(`${out}.part`)).toBe(false);
  });
});

describe('import', () => {
  test('says exactly what happened', async () => {
    const good = write('good.dxl', `${document(UNID, 'one')}<form name='Design'/>`);
    const result = await tools.importDxl('new.nsf', [good, join(temporary.root, 'absent.dxl')], WATCH);
    expect(result).toEqual({
      files: 2,
      documents: 1,
      items: expect.any(Number),
      attachments: 0,
      keptRaw: 0,
      designNotesSkipped: 1,
      rejected: [{ file: join(temporary.root, 'absent.dxl'), reason: expect.stringContaining('ENOENT') }],
    });
    expect(tools.showNote('new.nsf', UNID)).toMatchObject({
      sequence: 1,
      sequenceTime: '2025-01-01T01:00:00.00Z',
      modifiedInFile: '2026-03-02T01:02:03.45Z',
    });
  });

  test('a file is taken entirely or not at all; the others are taken', async () => {
    const others = Array.from({ length: 450 }, (_, index) =>
      document(`A${String(index).padStart(31, '0')}`, 'x'),
    );
    const broken = write('broken.dxl', `${others.join('')}<document form='F'><item name='A'><text>`);
    const good = write('good.dxl', document(UNID, 'one'));
    const result = await tools.importDxl('members.nsf', [broken, good], WATCH);
    expect(result).toMatchObject({ files: 2, documents: 1, rejected: [{ file: broken }] });
    expect([...temporary.database.notes()].map(({ unid }) => unid)).toEqual([UNID]);
    expect(leftOver()).toEqual([]);
  });

  test('where every file is unusable no database is made', async () => {
    const broken = write('broken.dxl', '<document>');
    expect((await tools.importDxl('new.nsf', [broken], WATCH)).rejected).toHaveLength(1);
    expect(temporary.domino.hasDatabase('new.nsf')).toBe(false);
  });

  test('a note with the same UNID is replaced, its stub goes', async () => {
    await tools.importDxl('members.nsf', [write('a.dxl', document(UNID, 'one', 4))], WATCH);
    const { noteId } = tools.showNote('members.nsf', UNID);
    await tools.importDxl('members.nsf', [write('b.dxl', document(UNID, 'two', 5))], WATCH);
    const shown = tools.showNote('members.nsf', UNID);
    expect(shown).toMatchObject({ noteId, sequence: 5 });
    expect(shown.items.find(({ name }) => name === 'Title')?.values).toEqual(['two']);
    tools.deleteNote('members.nsf', UNID, null);
    await tools.importDxl('members.nsf', [write('a.dxl', document(UNID, 'back', 6))], WATCH);
    expect(temporary.database.stubs()).toEqual([]);
    expect(temporary.database.count()).toBe(1);
  });

  test('what a file does not say is invented: a UNID, and a version after the one that is there', async () => {
    await tools.importDxl('members.nsf', [write('a.dxl', document(UNID, 'one', 4))], WATCH);
    temporary.time += 60_000;
    const bare = "<document form='F'><item name='Title'><text>new</text></item></document>";
    await tools.importDxl('members.nsf', [write('b.dxl', document(UNID, 'two', null) + bare + bare)], WATCH);
    expect(tools.showNote('members.nsf', UNID)).toMatchObject({
      sequence: 5,
      sequenceTime: '2026-03-02T01:03:03.45Z',
    });
    const unids = [...temporary.database.notes()].map(({ unid }) => unid);
    expect(new Set(unids).size).toBe(3);
    for (const unid of unids) expect(unid).toMatch(/^[0-9A-F]{32}$/u);
  });

  test('an abort rolls back', async () => {
    const controller = new AbortController();
    const notes = Array.from({ length: 900 }, (_, index) =>
      document(`A${String(index).padStart(31, '0')}`, 'x'),
    );
    const file = write('a.dxl', notes.join(''));
    const watch = { signal: controller.signal, progress: () => controller.abort(new Error('enough')) };
    await expect(tools.importDxl('members.nsf', [file], watch)).rejects.toThrow('enough');
    expect(temporary.database.count()).toBe(0);
    expect(leftOver()).toEqual([]);
  });

  test('what a killed import left is removed at the next start', () => {
    mkdirSync(`${temporary.root}.import-old`);
    createDominoTools({ servers: new DominoServers(temporary.domino), faults: new FaultInjector() });
    expect(leftOver()).toEqual([]);
  });
});
