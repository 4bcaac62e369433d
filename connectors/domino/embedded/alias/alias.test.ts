import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE, ProgramFolder } from './testing/run-program.ts';

const REGISTER = { NODE_OPTIONS: `--require ${join(PACKAGE, 'register.cjs')}` };

/** What `npm install FOLDER` leaves: a link in node_modules. */
function installed(folder: ProgramFolder): void {
  mkdirSync(join(folder.path, 'node_modules/@domino'), { recursive: true });
  symlinkSync(PACKAGE, join(folder.path, 'node_modules/@domino/domino-db'), 'dir');
}

describe('programs that require @domino/domino-db, in processes and folders of their own', () => {
  test('[FC1] CommonJS by the register file: people are created and removed page by page, across processes', async () => {
    using folder = new ProgramFolder();
    const env = { ...REGISTER, EMBEDDED_DOMINO_DATABASES: 'names.nsf' };
    expect(await folder.run('people.cjs', ['names.nsf', 'create', '450'], env)).toEqual({
      code: 0,
      out: 'created 450\n',
      err: '',
    });
    const irish = await folder.run('people.cjs', ['names.nsf', 'remove', "O'Brien"], env);
    expect(irish.out).toBe('removed 112 of 112\n');
    const rest = await folder.run('people.cjs', ['names.nsf', 'remove'], env);
    expect(rest).toEqual({ code: 0, out: 'removed 200 of 338\nremoved 138 of 138\n', err: '' });
    expect(readdirSync(join(folder.path, 'domino-data'))).toContain('names.nsf');
  });

  test('[FC1] a database that is not there is not found, by name and message', async () => {
    using folder = new ProgramFolder();
    const answer = await folder.run('people.cjs', ['names.nsf', 'remove'], REGISTER);
    expect(answer).toMatchObject({ code: 1, err: '' });
    expect(answer.out).toMatch(/no database "names\.nsf"/u);
  });

  test('[FC2] an ES module by its default export: letters are read by who they are for, by token', async () => {
    using folder = new ProgramFolder();
    const config = join(folder.path, 'domino.json');
    writeFileSync(
      config,
      JSON.stringify({
        databases: ['letters.nsf'],
        tokens: {
          'token-lan': { name: 'CN=Lan Anh/O=Party' },
          'token-minh': { name: 'CN=Minh/O=Party' },
        },
      }),
    );
    installed(folder);
    const { code, out, err } = await folder.run('letters.mjs', [], { EMBEDDED_DOMINO_CONFIG: config });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual([
      { seen: 0, read: [] },
      // Minh sees that there is a letter, and nothing of it.
      { seen: 1, read: [] },
      { seen: 1, read: [{ from: 'CN=Minh/O=Party', message: 'Chào Lan' }] },
      { seen: 0, read: [] },
      { name: 'DominoDbError', code: 'ERR_NOT_AUTHORIZED' },
    ]);
  });

  test('[FC3] the shapes of a flow editor: numbers as text, answers changed in place, documents one by one', async () => {
    using folder = new ProgramFolder();
    installed(folder);
    const { code, out, err } = await folder.run('flow.cjs', [], { EMBEDDED_DOMINO_DATABASES: 'flow.nsf' });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      size: 201,
      keys: ['@created', '@modified', '@unid', 'Code', 'SIZE'],
      answer: { documentRange: { start: 0, count: 200, total: 201 }, errors: 0 },
      byPage: { start: 1, count: 1, total: 2 },
      errors: 1,
      failed: [false, true],
      code: 'two',
      gone: 'ERR_NOT_FOUND',
      explained: 'Query Processed:',
      frozen: true,
    });
  });

  test('[FC4] settings that are wrong are refused with their place', async () => {
    using folder = new ProgramFolder();
    const config = join(folder.path, 'domino.json');
    writeFileSync(config, JSON.stringify({ switches: { numberText: 'maybe' }, databases: ['a.nsf'] }));
    const env = { ...REGISTER, EMBEDDED_DOMINO_CONFIG: config };
    const answer = await folder.run('people.cjs', ['a.nsf', 'create', '1'], env);
    expect(answer.code).toBe(1);
    expect(answer.err).toMatch(/numberText/u);
  });

  test('[FC5] on an older Node the program starts again with the one that the project brings along', async () => {
    using folder = new ProgramFolder();
    const preload = join(folder.path, 'older.cjs');
    writeFileSync(
      preload,
      "if (!process.env.EMBEDDED_DOMINO_RESTARTED) Object.defineProperty(process.versions, 'node', { value: '18.20.0' });",
    );
    installed(folder);
    const { code, out, err } = await folder.run('people.cjs', ['names.nsf', 'create', '3'], {
      EMBEDDED_DOMINO_DATABASES: 'names.nsf',
      NODE_OPTIONS: `--require ${preload}`,
    });
    expect({ code, out }).toEqual({ code: 0, out: 'created 3\n' });
    expect(err).toMatch(/Node 18\.20\.0 is too old, starting again/u);
  });

  test('[FC11] the root holds constants beside useServer, or by a switch nothing else', async () => {
    using folder = new ProgramFolder();
    installed(folder);
    expect(JSON.parse((await folder.run('exports.cjs', [], {})).out)).toEqual({
      useServer: 'function',
      onError: { CONTINUE: 'ON_ERROR_CONTINUE', ABORT_REMAINING: 'ON_ERROR_ABORT_REMAINING' },
      others: ['errorCodes'],
    });
    const config = join(folder.path, 'domino.json');
    writeFileSync(config, JSON.stringify({ switches: { rootConstants: 'absent' } }));
    const strict = await folder.run('exports.cjs', [], { EMBEDDED_DOMINO_CONFIG: config });
    expect(JSON.parse(strict.out)).toEqual({ useServer: 'function', others: [] });
    writeFileSync(config, JSON.stringify({ switches: { rootConstants: 'present' } }));
    const told = await folder.run('exports.cjs', [], { EMBEDDED_DOMINO_CONFIG: config });
    expect(JSON.parse(told.out)).toMatchObject({ others: ['errorCodes'] });
  });

  test('[FC12] an explorer of queries: the options of the read explain it too, views and full text come from the settings', async () => {
    using folder = new ProgramFolder();
    const config = join(folder.path, 'domino.json');
    const people = { name: '($People)', selection: { Form: ['Person'] } };
    writeFileSync(
      config,
      JSON.stringify({ databases: [{ filePath: 'book.nsf', views: [people], fullText: true }] }),
    );
    for (const env of [REGISTER, {}]) {
      if (!('NODE_OPTIONS' in env)) installed(folder);
      const settings = {
        ...env,
        EMBEDDED_DOMINO_CONFIG: config,
        EMBEDDED_DOMINO_DIR: `data-${Object.keys(env).length}`,
      };
      expect((await folder.run('explorer.cjs', ['fill'], settings)).err).toBe('');
      const { out, err } = await folder.run('explorer.cjs', [], settings);
      expect(err).toBe('');
      expect(JSON.parse(out)).toEqual({
        ways: ['Full Text Search', 'View NoteID Extract'],
        names: ['An'],
        documentRange: { start: 0, count: 1, total: 1 },
      });
    }
  });
});
