import { DqlError } from '../dql/dql-error.ts';
import { EngineError, type EngineErrorCode } from '../engine/engine-error.ts';

/** The body of every error: the specification's ErrorMessage and the `errorId` that real answers add. */
export interface ErrorBody {
  readonly status: number;
  readonly message: string;
  readonly errorId: number;
  readonly details?: string;
}

/** Known ids: HCL's fixtures and examples show these; what shows none gets 0. */
export const ERROR_ID = {
  generic: 0,
  badCredentials: 1008,
  noDocument: 1029,
  needsDesigner: 1033,
  noConfiguration: 1037,
  noScope: 1112,
} as const;

/** A refusal as the server words it. Messages name UNIDs, fields and scopes, never values. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly body: ErrorBody;

  constructor(status: number, message: string, errorId: number = ERROR_ID.generic, details?: string) {
    super(message);
    this.body = { status, message, errorId, ...(details === undefined ? {} : { details }) };
  }
}

/** The connection ends without (the rest of) an answer, or `silent`: no answer comes and the connection stays open. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly silent: boolean;

  constructor(silent: boolean) {
    super('the connection is lost');
    this.silent = silent;
  }
}

export function noDocument(unid: string): RestError {
  const message = `No document you can access found for ${unid}`;
  return new RestError(404, message, ERROR_ID.noDocument, unid);
}

export function notFound(): RestError {
  return new RestError(404, 'This is not the URL you seek!');
}

export function badRequest(message: string, details?: string): RestError {
  return new RestError(400, message, ERROR_ID.generic, details);
}

export function forbidden(message: string): RestError {
  return new RestError(403, message);
}

const ENGINE_STATUS: Readonly<Record<EngineErrorCode, number>> = {
  'bad-path': 400,
  'no-server': 404,
  'no-database': 404,
  exists: 400,
  'not-found': 404,
  rejected: 500,
  'not-authorized': 403,
  closed: 500,
};

/** Errors of the engine and of DQL as the server shows them; anything else is a defect and stays what it is. */
export function asRestError(cause: unknown): unknown {
  if (cause instanceof EngineError) return new RestError(ENGINE_STATUS[cause.code] ?? 500, cause.message);
  if (cause instanceof DqlError) {
    const isOurs = ['syntax', 'unsupported', 'design'].includes(cause.code);
    return new RestError(isOurs ? 400 : 500, `Domino Query execution error: ${cause.message}`);
  }
  return cause;
}
