import { DqlError } from '../dql/dql-error.ts';
import { EngineError, type EngineErrorCode } from '../engine/engine-error.ts';

/** Codes that the package is known to use; the last two are named among its constants, their `ERR_` spelling is unconfirmed. */
export type DominoDbErrorCode =
  | 'ERR_BAD_REQUEST'
  | 'ERR_FORBIDDEN'
  | 'ERR_INTERNAL_ERROR'
  | 'ERR_NOT_AUTHORIZED'
  | 'ERR_NOT_CONNECTED'
  | 'ERR_NOT_FOUND'
  | 'ERR_NOT_MODIFIED'
  | 'ERR_PRECONDITION_FAILED'
  | 'ERR_TIME_LIMIT_EXCEEDED'
  | 'ERR_NOT_UNIQUE_SEARCH';

/** What the package rejects with. Its class lies in a private path there, so callers can match `name` and `code` only. */
export class DominoDbError extends Error {
  override readonly name = 'DominoDbError';
  readonly code: DominoDbErrorCode;

  constructor(code: DominoDbErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The same error whether the request never arrived or its answer was lost: nobody can tell them apart. */
export function connectionLost(): DominoDbError {
  return new DominoDbError('ERR_NOT_CONNECTED', 'gRPC client error: 14 UNAVAILABLE: connection lost');
}

export function notListening(hostName: string): DominoDbError {
  return new DominoDbError(
    'ERR_NOT_CONNECTED',
    `gRPC client error: 14 UNAVAILABLE: failed to connect to ${hostName}: ECONNREFUSED`,
  );
}

/** What TLS says; there is no telling it from a server that is away but by the text. */
export function certificateExpired(): DominoDbError {
  return new DominoDbError(
    'ERR_NOT_CONNECTED',
    'gRPC client error: 14 UNAVAILABLE: No connection established. Last error: certificate has expired',
  );
}

export function serverBusy(): DominoDbError {
  return new DominoDbError(
    'ERR_INTERNAL_ERROR',
    'bulkNote request failed with Proton code 8: server is busy',
  );
}

export function badRequest(message: string): DominoDbError {
  return new DominoDbError('ERR_BAD_REQUEST', message);
}

export function noteNotFound(unid: string): DominoDbError {
  return new DominoDbError('ERR_NOT_FOUND', `Cannot open document ${unid}: invalid universal id`);
}

export function notAuthorized(action: string): DominoDbError {
  return new DominoDbError('ERR_NOT_AUTHORIZED', `You are not authorized to ${action}`);
}

const ENGINE_CODES: Readonly<Record<EngineErrorCode, DominoDbErrorCode>> = {
  'bad-path': 'ERR_BAD_REQUEST',
  'no-server': 'ERR_NOT_FOUND',
  'no-database': 'ERR_NOT_FOUND',
  exists: 'ERR_BAD_REQUEST',
  'not-found': 'ERR_NOT_FOUND',
  rejected: 'ERR_BAD_REQUEST',
  'not-authorized': 'ERR_NOT_AUTHORIZED',
  closed: 'ERR_NOT_CONNECTED',
};

/** Errors of the engine and of DQL as the package would show them; anything else is a defect and stays what it is. */
export function asDominoDbError(cause: unknown): unknown {
  if (cause instanceof EngineError) return new DominoDbError(ENGINE_CODES[cause.code], cause.message);
  if (!(cause instanceof DqlError)) return cause;
  switch (cause.code) {
    case 'syntax':
    case 'unsupported':
      return badRequest(`Query is not understandable: ${cause.message}`);
    case 'design':
      return badRequest(`Domino Query execution error: ${cause.message}`);
    case 'entry-limit':
      return new DominoDbError(
        'ERR_INTERNAL_ERROR',
        `Maximum view entries scanned exceeded: ${cause.message}`,
      );
    case 'scan-limit':
      return new DominoDbError('ERR_INTERNAL_ERROR', `Maximum documents scanned exceeded: ${cause.message}`);
    case 'time-limit':
      return new DominoDbError('ERR_TIME_LIMIT_EXCEEDED', `Query time limit exceeded: ${cause.message}`);
  }
}
