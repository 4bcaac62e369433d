/**
 * - `syntax`: the text is not DQL, or a variable has no value.
 * - `design`: a view, column, design catalog or full-text index that a term needs is not there or not as it must be.
 * - `unsupported`: DQL that needs the formula engine or the full-text engine's own syntax; there is none here.
 * - `scan-limit`, `entry-limit`, `time-limit`: the query went over its {@link DqlLimits}.
 */
export type DqlErrorCode = 'syntax' | 'design' | 'scan-limit' | 'entry-limit' | 'unsupported' | 'time-limit';

/** A DQL query that cannot be answered. The message never carries item values of documents. */
export class DqlError extends Error {
  override readonly name = 'DqlError';
  readonly code: DqlErrorCode;

  constructor(code: DqlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
