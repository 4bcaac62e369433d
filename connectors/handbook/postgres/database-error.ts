import { HandbookError } from '../port.ts';

/** Another transaction got there first: doing it again sees what that one did. Unique violation, serialization failure, deadlock. */
const CLASHES = new Set(['23505', '40001', '40P01']);

/** Classes of SQLSTATE that pass by themselves: connection, transaction ended, resources, intervention, system. */
const PASSING = new Set(['08', '25', '40', '53', '57', '58']);

const SQLSTATE = /^[0-9A-Z]{5}$/;
const MOST_TRIES = 8;

/** PostgreSQL's code of an error, null when the error came from somewhere else (a broken connection). */
export function sqlState(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && SQLSTATE.test(code) ? code : null;
}

/** Runs a whole transaction again while it clashes with others. */
export async function retryOnClash<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === MOST_TRIES || !CLASHES.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/**
 * Runs `work` and turns what the database says into a {@link HandbookError}. The database's own message and detail can hold values of a record,
 * so neither goes into the message nor along as the cause.
 */
export async function asHandbookError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HandbookError) throw error;
    const state = sqlState(error);
    if (state === null)
      throw new HandbookError('unreachable', 'Cannot reach the handbook database', { cause: error });
    if (PASSING.has(state.slice(0, 2)) || CLASHES.has(state)) {
      throw new HandbookError('unreachable', `The handbook database cannot serve now (SQLSTATE ${state})`);
    }
    throw new HandbookError('bad-request', `The handbook database refused a statement (SQLSTATE ${state})`);
  }
}
