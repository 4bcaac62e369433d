import { DqlError } from '../dql/query.ts';
import { EngineError, type EngineErrorCode } from '../engine/engine-error.ts';
import { DominoError } from '../../port.ts';
import { DominoToolError } from '../tools-port.ts';

const CODES: Readonly<Record<EngineErrorCode, DominoToolError['code']>> = {
  'bad-path': 'bad-request',
  'no-server': 'not-found',
  'no-database': 'not-found',
  exists: 'refused',
  'not-found': 'not-found',
  rejected: 'refused',
  'not-authorized': 'refused',
  closed: 'refused',
};

/** Does `work`; what the engine throws becomes a {@link DominoToolError}, a defect stays what it is. */
export function asTool<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw toolError(cause);
  }
}

export async function asToolAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw toolError(cause);
  }
}

function toolError(cause: unknown): unknown {
  if (cause instanceof EngineError) return new DominoToolError(CODES[cause.code], cause.message, { cause });
  // The only one here is a value that its item type does not allow.
  if (cause instanceof DominoError) return new DominoToolError('bad-request', cause.message, { cause });
  if (cause instanceof DqlError || cause instanceof RangeError) {
    return new DominoToolError('bad-request', cause.message, { cause });
  }
  return cause;
}
