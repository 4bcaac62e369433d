import { type DominoTools, DominoToolError } from '../../../connectors/domino/embedded/tools-port.ts';
import { OperationError } from '../operation.ts';

/**
 * Does `work` on the embedded Domino. Throws an `OperationError`: `unavailable` where the bridge has none, else what the tools refused, in
 * their words.
 */
export async function withTools<T>(
  tools: DominoTools | null,
  work: (tools: DominoTools) => T | Promise<T>,
): Promise<T> {
  if (tools === null) {
    throw new OperationError(
      'unavailable',
      'This bridge has no embedded Domino: all its links go to real servers. Add "embedded" to its configuration for rehearsals.',
    );
  }
  try {
    return await work(tools);
  } catch (cause) {
    if (cause instanceof DominoToolError) throw new OperationError(cause.code, cause.message);
    throw cause;
  }
}
