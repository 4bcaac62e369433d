import { type CallOptions, DominoError, type DominoErrorCode } from '../../port.ts';
import { DqlError } from '../dql/query.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { EngineError, type EngineErrorCode } from '../engine/engine-error.ts';
import { type AccessLevel, hasAccess, type NotesIdentity } from '../engine/identity.ts';

export interface DirectSession {
  readonly domino: EmbeddedDomino;
  readonly filePath: string;
  /** Who asks; the database's ACL decides what that means. */
  readonly identity: NotesIdentity;
}

/** Does `work` on the database as it is now, with the rights that the database gives the identity. Whatever goes wrong is a {@link DominoError}. */
export function onDatabase<T>(
  { domino, filePath, identity: known }: DirectSession,
  action: string,
  needed: AccessLevel,
  options: CallOptions | undefined,
  work: (database: EmbeddedDatabase, identity: NotesIdentity) => T,
): T {
  if (options?.signal?.aborted === true)
    throw new DominoError('busy', `${action}: given up before it was begun`);
  try {
    // Opened anew each time: an operator may delete and re-create the file while the bridge runs.
    const database = domino.openDatabase(filePath);
    const identity = database.identityOf(known);
    if (!hasAccess(identity, needed)) {
      throw new DominoError(
        'not-authorized',
        `${action}: ${identity.name} has no ${needed} access to "${filePath}"`,
      );
    }
    return work(database, identity);
  } catch (cause) {
    throw translated(action, cause);
  }
}

const CODES: Readonly<Record<EngineErrorCode, DominoErrorCode>> = {
  'bad-path': 'bad-request',
  'no-server': 'not-found',
  'no-database': 'not-found',
  exists: 'bad-request',
  // A single note that is not there is an outcome and is looked at before.
  'not-found': 'busy',
  rejected: 'rejected',
  'not-authorized': 'not-authorized',
  closed: 'unreachable',
};

export function translated(action: string, cause: unknown): unknown {
  if (cause instanceof EngineError)
    return new DominoError(CODES[cause.code], `${action}: ${cause.message}`, { cause });
  if (cause instanceof DqlError) {
    const limited = ['scan-limit', 'entry-limit', 'time-limit'].includes(cause.code);
    const code = limited ? 'scan-limit' : 'bad-request';
    return new DominoError(code, `${action}: ${cause.message}`, { cause });
  }
  return cause;
}
