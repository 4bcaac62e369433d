import { DominoError, type DominoErrorCode } from '../port.ts';

/** What the failed call was: a query over many notes, a read of named notes, or a write. */
export type Deed = 'query' | 'read' | 'write';

/**
 * What a failed call means. Beyond the port's codes: the note is not there; the server found the note in another state; no
 * connection could be made, so nothing was sent; the connection was lost, so nobody knows.
 */
export type FailureKind = DominoErrorCode | 'note-missing' | 'precondition-failed' | 'not-sent' | 'no-answer';

export interface Failure {
  readonly kind: FailureKind;
  /** Safe to log: code and message of the server without quoted text and long numbers. */
  readonly detail: string;
}

/** The port's error for a failure of a call. `action` starts the message, e.g. `Read of 3 notes`. */
export function dominoErrorOf(failure: Failure, deed: Deed, action: string): DominoError {
  return new DominoError(portCodeOf(failure.kind, deed), `${action}: ${failure.detail}`);
}

function portCodeOf(kind: FailureKind, deed: Deed): DominoErrorCode {
  if (kind === 'not-sent') return 'unreachable';
  if (kind === 'no-answer') return deed === 'write' ? 'outcome-unknown' : 'unreachable';
  return kind === 'note-missing' || kind === 'precondition-failed' ? 'bad-request' : kind;
}

/** `named` and what the server said. Domino quotes the query or the value it complains of; both may be personal. */
export function safeDetail(named: string, message: string): string {
  const safe = message
    .replace(/'[^']*'/g, "'…'")
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\b\d{6,}\b/g, '…')
    .slice(0, 200);
  return safe === '' ? named : `${named} (${safe})`;
}
