/**
 * - `bad-path`: the file path leaves the data folder or is no database name.
 * - `no-server`, `no-database`, `exists`: the server or database is not there / is there already.
 * - `not-found`: no note with this UNID in the file (never was, or deleted: see the stubs).
 * - `rejected`: the note breaks one of Domino's limits; nothing was written.
 * - `not-authorized`: the identity may not do this.
 * - `closed`: the database or server object was closed.
 */
export type EngineErrorCode =
  | 'bad-path'
  | 'no-server'
  | 'no-database'
  | 'exists'
  | 'not-found'
  | 'rejected'
  | 'not-authorized'
  | 'closed';

/** Messages name items and UNIDs, never item values. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
