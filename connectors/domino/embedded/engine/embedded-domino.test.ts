import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalDatabasePath } from './database-path.ts';
import { EmbeddedDomino } from './embedded-domino.ts';
import { textItem } from './item-builders.ts';
import { START, temporaryDomino } from './testing/temporary-domino.ts';

describe('databases', () => {
  test('are files below the root, listed with title and replica ID', () => {
    using t = temporaryDomino();
    const mail = t.domino.createDatabase('mail\\lan.nsf', { title: 'Lan', replicaId: '00aabbccddeeff11' });
    expect(existsSync(join(t.root, 'mail', 'lan.nsf'))).toBe(true);
    expect(mail.replicaId).toBe('00AABBCCDDEEFF11');
    expect(t.domino.listDatabases()).toMatchObject([
      { filePath: 'mail/lan.nsf', title: 'Lan', replicaId: '00AABBCCDDEEFF11', created: START },
      { filePath: 'members.nsf', title: 'Đảng viên', replicaId: t.database.replicaId },
    ]);
    expect(t.database.replicaId).toMatch(/^[0-9A-F]{16}$/u);
  });

  test('are created once and gone after deletion', () => {
    using t = temporaryDomino();
    expect(() => t.domino.createDatabase('members.nsf')).toThrow(expect.objectContaining({ code: 'exists' }));
    t.domino.deleteDatabase('members.nsf');
    expect(() => t.domino.openDatabase('members.nsf')).toThrow(
      expect.objectContaining({ code: 'no-database' }),
    );
    expect(t.domino.createDatabase('members.nsf').count()).toBe(0);
  });

  test("a creation that a crash cut short is in nobody's way", () => {
    using t = temporaryDomino();
    writeFileSync(join(t.root, 'tasks.nsf.new'), 'half a file');
    expect(t.domino.listDatabases()).toHaveLength(1);
    expect(t.domino.createDatabase('tasks.nsf', { title: 'Tasks' }).title).toBe('Tasks');
    expect(existsSync(join(t.root, 'tasks.nsf.new'))).toBe(false);
  });

  test.each([
    '../out.nsf',
    '/etc/passwd.nsf',
    'a/../../out.nsf',
    'a\\..\\..\\out.nsf',
    'C:\\x.nsf',
    'a//b.nsf',
    'members.sqlite',
    'a\0.nsf',
    '',
  ])('no path leaves the root: %j', (path) => {
    using t = temporaryDomino();
    expect(() => t.domino.createDatabase(path)).toThrow(expect.objectContaining({ code: 'bad-path' }));
  });

  test('no accepted path has a step upwards or a root', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', 'a', 'b.nsf', 'C:', '/'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.constantFrom('/', '\\'), (parts, separator) => {
        const path = `${parts.join(separator)}x.nsf`;
        let normal: string;
        try {
          normal = normalDatabasePath(path);
        } catch {
          return;
        }
        expect(normal.split('/')).not.toContain('..');
        expect(normal).not.toMatch(/^\/|\\|:/u);
      }),
    );
  });
});

describe('the clock', () => {
  test('ticks in centiseconds and its setting survives a restart', () => {
    using t = temporaryDomino();
    t.time = START + 7;
    expect(t.domino.now()).toBe(START);
    t.domino.clock.set(START + 86_400_000);
    expect(t.domino.now()).toBe(START + 86_400_000);
    t.reopen();
    expect(t.domino.now()).toBe(START + 86_400_000);
    expect(t.database.create([]).created).toBe(START + 86_400_000);
  });
});

test('what was committed before the process was killed is there afterwards, in whole notes', async () => {
  using t = temporaryDomino();
  t.domino.close();
  const script = `
    import { EmbeddedDomino } from ${JSON.stringify(new URL('./embedded-domino.ts', import.meta.url).href)};
    import { textItem } from ${JSON.stringify(new URL('./item-builders.ts', import.meta.url).href)};
    const database = new EmbeddedDomino({ root: process.argv[1] }).openDatabase('members.nsf');
    for (let index = 1; ; index++) {
      const { unid } = database.create([textItem('Form', 'Member'), textItem('Number', String(index))]);
      process.stdout.write(unid + '\\n');
    }`;
  const writer = spawn(process.execPath, ['--input-type=module', '--eval', script, t.root], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of writer.stdout) {
    output += String(chunk);
    if (output.length > 33 * 200) writer.kill('SIGKILL');
  }
  if (writer.signalCode === null) await once(writer, 'exit');
  expect(writer.signalCode).toBe('SIGKILL');
  const acknowledged = output.split('\n').filter((line) => line.length === 32);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);

  const domino = new EmbeddedDomino({ root: t.root });
  const database = domino.openDatabase('members.nsf');
  const missing = acknowledged.filter((unid) => database.read(unid) === null);
  expect(missing).toEqual([]);
  expect([...database.notes()].every(({ items }) => items.length === 2)).toBe(true);
  expect(database.create([textItem('Form', 'Member')]).noteId).toBeGreaterThan(0x8f6 + 4 * 199);
  domino.close();
});
