/** How long and how hard one server is asked. Times in milliseconds. */
export interface ServerLimits {
  /** Whole time of one port call that reads: queueing, retries and probing included. */
  readonly readMs: number;
  /** Whole time of one port call that writes. */
  readonly writeMs: number;
  /** Longest silence of a stream. */
  readonly streamIdleMs: number;
  /** Calls in flight on one server; more wait, at most `queue` of them. */
  readonly concurrency: number;
  readonly queue: number;
  /** Repeats of a read after a lost connection or a busy server. Writes are never repeated. */
  readonly readRetries: number;
  readonly firstRetryDelayMs: number;
  readonly lastRetryDelayMs: number;
  /** Calls without an answer, in a row, after which the server is left alone. */
  readonly breakAfter: number;
  /** How long it is left alone; doubles with every failed trial up to `lastPauseMs`. */
  readonly firstPauseMs: number;
  readonly lastPauseMs: number;
}

export const SERVER_LIMITS: ServerLimits = {
  readMs: 30_000,
  writeMs: 30_000,
  streamIdleMs: 60_000,
  concurrency: 4,
  queue: 200,
  readRetries: 2,
  firstRetryDelayMs: 200,
  lastRetryDelayMs: 2_000,
  breakAfter: 5,
  firstPauseMs: 5_000,
  lastPauseMs: 120_000,
};
