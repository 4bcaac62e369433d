import type { Caller } from '../caller.ts';
import { runBridge } from '../program.ts';
import type { Shell } from '../shell.ts';

export interface Run {
  readonly exit: number;
  readonly out: string;
  readonly errors: string;
  readonly calls: readonly { readonly operation: string; readonly args: Readonly<Record<string, unknown>> }[];
  readonly closed: number;
}

/** Runs a command line in this process against a caller that answers every operation with `answer`. */
export async function runBridgeHere(
  argv: readonly string[],
  answer: Caller['callOperation'] = () => Promise.resolve(null),
  surroundings: Partial<Shell> = {},
): Promise<Run> {
  const calls: { operation: string; args: Readonly<Record<string, unknown>> }[] = [];
  let out = '';
  let errors = '';
  let closed = 0;
  const exit = await runBridge({
    argv,
    cwd: '/home/operator',
    user: 'operator',
    progressTerminal: null,
    isOutputTerminal: false,
    signal: new AbortController().signal,
    writeOut: (text) => {
      out += text;
    },
    writeError: (text) => {
      errors += text;
    },
    readDataDir: () => '/nonexistent/bridge-test',
    loadInProcess: () =>
      Promise.resolve(() =>
        Promise.resolve({
          callOperation: (operation, args, options) => {
            calls.push({ operation, args });
            return answer(operation, args, options);
          },
          close: () => {
            closed += 1;
            return Promise.resolve();
          },
        }),
      ),
    loadRestServer: () => Promise.reject(new Error('no REST server here')),
    loadDoctor: () => Promise.reject(new Error('no machine to look at here')),
    ...surroundings,
  });
  return { exit, out, errors, calls, closed };
}
