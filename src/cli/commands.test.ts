import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';
import type { TypedCommand } from './testing/typed/typed-command.ts';
import { runBridgeHere } from './testing/run-bridge-here.ts';
import { CASES_TYPED } from './testing/typed/cases.ts';
import { DOMINO_COPIES_TYPED } from './testing/typed/domino-copies.ts';
import { DOMINO_DESIGN_TYPED } from './testing/typed/domino-design.ts';
import { DOMINO_FAULTS_TYPED } from './testing/typed/domino-faults.ts';
import { DOMINO_NOTES_TYPED } from './testing/typed/domino-notes.ts';
import { DOMINO_PEOPLE_TYPED } from './testing/typed/domino-people.ts';
import { LINKS_TYPED } from './testing/typed/links.ts';
import { MAPPINGS_TYPED } from './testing/typed/mappings.ts';
import { WEBHOOKS_TYPED } from './testing/typed/webhooks.ts';

/** Every command. */
const COMMANDS: TypedCommand[] = [
  ...LINKS_TYPED,
  ...CASES_TYPED,
  ...MAPPINGS_TYPED,
  ...DOMINO_NOTES_TYPED,
  ...DOMINO_COPIES_TYPED,
  ...DOMINO_PEOPLE_TYPED,
  ...DOMINO_DESIGN_TYPED,
  ...DOMINO_FAULTS_TYPED,
  ...WEBHOOKS_TYPED,
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
