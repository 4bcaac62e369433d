import { ConfigError } from '../../config/config-problem.ts';
import { DataDirInUseError, DataDirUnusableError } from '../data-dir/errors.ts';
import { OperationError } from '../operations/operation.ts';

export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  needsApproval: 3,
  unreachable: 4,
  refused: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'failed, or differences were found',
  2: 'wrong usage or configuration',
  3: 'a person must approve a preview first',
  4: 'the bridge cannot be reached, or the data directory is in use',
  5: 'refused by a rule, or by missing rights',
  130: 'interrupted (Ctrl-C)',
};

const EXIT_OF: Readonly<Record<OperationError['code'], ExitCode>> = {
  'bad-request': EXIT.usage,
  'not-found': EXIT.failed,
  refused: EXIT.refused,
  'needs-approval': EXIT.needsApproval,
  unavailable: EXIT.unreachable,
  busy: EXIT.unreachable,
};

/** The command line was right for the parser and wrong for us: a file that is not there, two options that exclude each other. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Failure {
  readonly exit: ExitCode;
  /** Stable, for scripts. */
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What an error means to the shell. `interrupted`: whether the operator pressed Ctrl-C; then that is what happened. */
export function failureOf(error: unknown, interrupted: boolean): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (interrupted)
    return { exit: EXIT.interrupted, code: 'interrupted', message: 'Interrupted.', details: {} };
  if (error instanceof OperationError) {
    return { exit: EXIT_OF[error.code], code: error.code, message, details: error.details };
  }
  if (error instanceof DataDirInUseError)
    return { exit: EXIT.unreachable, code: 'in-use', message, details: {} };
  if (error instanceof DataDirUnusableError)
    return { exit: EXIT.usage, code: 'data-dir', message, details: {} };
  if (error instanceof UsageError) return { exit: EXIT.usage, code: 'usage', message, details: {} };
  if (error instanceof ConfigError) return { exit: EXIT.usage, code: 'configuration', message, details: {} };
  return { exit: EXIT.failed, code: 'failed', message, details: {} };
}
