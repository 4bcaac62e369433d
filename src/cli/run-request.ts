import { resolve } from 'node:path';
import { z } from 'zod';
import type { Caller, ClosableCaller } from './caller.ts';
import { EXIT, type ExitCode, type Failure, failureOf, UsageError } from './exit-codes.ts';
import { callerOfServer, callerOfThisMachine } from './open-caller.ts';
import { type OperationRequest, present } from './operation-request.ts';
import { createProgressBar, createProgressLines } from './progress-display.ts';
import { renderResult } from './render-result.ts';
import { type Shell, TYPED } from './shell.ts';
import { printable } from './terminal-text.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: true;
  readonly server?: string;
  readonly tokenFile?: string;
  readonly config?: string;
  readonly dataDir?: string;
}

/** Asks, shows the answer or the failure, and gives the exit code. `ask` throws `UsageError` for options that make no sense. */
export async function runRequest(
  shell: Shell,
  options: CommonOptions,
  ask: () => OperationRequest,
): Promise<ExitCode> {
  const isJson = options.json === true;
  try {
    const request = ask();
    const caller = await openBridge(shell, options);
    try {
      const result = await call(shell, caller, request);
      const exit = request.exitOf?.(result) ?? EXIT.ok;
      shell.writeOut(
        isJson ? `${JSON.stringify(result ?? null, null, 2)}\n` : (request.show ?? renderResult)(result),
      );
      return exit;
    } finally {
      await caller.close();
    }
  } catch (error) {
    const failure = failureOf(error, shell.signal.aborted);
    tell(shell, failure, isJson);
    return failure.exit;
  }
}

/** File names on the command line are relative to where the operator stands. */
export function openBridge(shell: Shell, options: CommonOptions): Promise<ClosableCaller> {
  const absolute = (file: string | undefined) => (file === undefined ? null : resolve(shell.cwd, file));
  const { server } = options;
  const tokenFile = absolute(options.tokenFile);
  if (server !== undefined) return Promise.resolve(callerOfServer(server, tokenFile));
  if (tokenFile !== null) throw new UsageError('--token-file belongs to --server: name both.');
  const configFile = absolute(options.config);
  const dataDir = absolute(options.dataDir) ?? shell.readDataDir(configFile);
  return callerOfThisMachine({ configFile, dataDir, by: shell.user }, shell.loadInProcess);
}

async function call(shell: Shell, caller: Caller, { operation, args }: OperationRequest): Promise<unknown> {
  const progress =
    shell.progressTerminal === null
      ? createProgressLines((line) => shell.writeError(line))
      : createProgressBar(shell.progressTerminal);
  try {
    return await caller.callOperation(operation, present(args), {
      onProgress: (step) => progress.show({ ...step, phase: printable(step.phase) }),
      signal: shell.signal,
    });
  } finally {
    progress.close();
  }
}

/** A failure for people on standard error, and for programs on standard output. */
export function tell(shell: Shell, { exit, code, message, details }: Failure, isJson: boolean): void {
  if (isJson) shell.writeOut(`${JSON.stringify({ error: { code, message, details } }, null, 2)}\n`);
  const lines = message.split('\n').map(printable);
  shell.writeError(`bridge: ${lines.join('\n')}\n`);
  if (exit === EXIT.needsApproval) shell.writeError(howToApprove(details));
}

const waitingSchema = z.object({ awaiting: z.array(z.object({ link: z.string(), preview: z.string() })) });

function howToApprove(details: Readonly<Record<string, unknown>>): string {
  const several = waitingSchema.safeParse(details);
  const previews = several.success
    ? several.data.awaiting.map(({ preview }) => preview)
    : [details['previewId']];
  return previews
    .map((preview) => (typeof preview === 'string' ? printable(preview) : 'ID'))
    .map(
      (id) =>
        `  See it:      ${TYPED} preview --show ${id}\n  Approve it:  ${TYPED} sync --once --accept-preview ${id}\n`,
    )
    .join('');
}
