/**
 * - `syntax`: the text is not DQL, or a variable has no value.
 * - `unsupported`: DQL that needs a view, a full-text index or the formula engine; there is none here.
 * - `scan-limit`, `time-limit`: the query went over its {@link DqlLimits}.
 */
export type DqlErrorCode = 'syntax' | 'scan-limit' | 'unsupported' | 'time-limit';

/** A DQL query that cannot be answered. The message never carries item values of documents. */
export class DqlError extends Error {
  override readonly name = 'DqlError';
  readonly code: DqlErrorCode;

  constructor(code: DqlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
