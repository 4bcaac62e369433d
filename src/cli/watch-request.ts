import { setTimeout as sleep } from 'node:timers/promises';
import type { ClosableCaller } from './caller.ts';
import { EXIT, type ExitCode, failureOf } from './exit-codes.ts';
import { type OperationRequest, present } from './operation-request.ts';
import { renderResult } from './render-result.ts';
import { type CommonOptions, openBridge, tell } from './run-request.ts';
import type { Shell } from './shell.ts';
import { printable } from './terminal-text.ts';

/** Back to the upper left corner, the rest is cleared: what is the same does not flicker. */
const REDRAW = '\u001b[H\u001b[J';

/**
 * Asks again and again until Ctrl-C, which is its ordinary end. On a terminal the answer stays in its place; elsewhere each is printed after the other,
 * with `--json` as one line. A bridge that does not answer is said and asked again; wrong usage ends it.
 */
export async function watchRequest(
  shell: Shell,
  options: CommonOptions,
  request: OperationRequest,
  seconds: number,
): Promise<ExitCode> {
  let caller: ClosableCaller | null = null;
  try {
    while (!shell.signal.aborted) {
      try {
        caller ??= await openBridge(shell, options);
        const result = await caller.callOperation(request.operation, present(request.args), {
          onProgress: () => undefined,
          signal: shell.signal,
        });
        shell.writeOut(rendered(shell, options, request, result, seconds));
      } catch (error) {
        const failure = failureOf(error, shell.signal.aborted);
        if (failure.code === 'interrupted') return EXIT.ok;
        if (failure.exit === EXIT.usage || failure.exit === EXIT.refused) {
          tell(shell, failure, options.json === true);
          return failure.exit;
        }
        shell.writeError(`${printable(failure.message)} Asked again in ${seconds} s.\n`);
        await caller?.close();
        caller = null;
      }
      await sleep(seconds * 1000, undefined, { signal: shell.signal }).catch(() => undefined);
    }
    return EXIT.ok;
  } finally {
    await caller?.close();
  }
}

function rendered(
  shell: Shell,
  options: CommonOptions,
  request: OperationRequest,
  result: unknown,
  seconds: number,
): string {
  if (options.json === true) return `${JSON.stringify(result)}\n`;
  const text = (request.show ?? renderResult)(result);
  return shell.isOutputTerminal ? `${REDRAW}${text}\nEvery ${seconds} s; Ctrl-C ends it.\n` : `${text}\n`;
}
