import type { Progress } from '../operations/operation.ts';

export interface CallOptions {
  readonly onProgress: (step: Progress) => void;
  /** Aborted when the operator presses Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Asks the bridge for one operation (see `Operation`), wherever the bridge is. */
export interface Caller {
  /**
   * Resolves with the operation's result as JSON carries it. Throws `OperationError` with the operation's own code when the bridge refuses,
   * and with code `unavailable` when it cannot be reached.
   */
  callOperation(
    name: string,
    args: Readonly<Record<string, unknown>>,
    options: CallOptions,
  ): Promise<unknown>;
}

export interface ClosableCaller extends Caller {
  close(): Promise<void>;
}

export interface InProcessOptions {
  /** Absolute; null = the one that `readConfig` finds by itself. */
  readonly configFile: string | null;
  /** Absolute; stands above the settings' own. */
  readonly dataDir: string;
  /** Account name for the journal: the operating system's user. */
  readonly by: string;
}

/**
 * Starts the bridge's parts inside this process for the length of one command. Throws `DataDirInUseError` when another process has the data
 * directory. Exported by `in-process.ts`, which is loaded only when it is needed: it brings the whole bridge along.
 */
export type CreateInProcessCaller = (options: InProcessOptions) => Promise<ClosableCaller>;
