import { ConfigError } from '../../config/config-problem.ts';
import { readMapping } from '../../config/read-mappings.ts';
import { OperationError } from '../operations/operation.ts';
import type { Mapping } from '../sync/mapping.ts';

/** A mapping that an operator hands in. Throws `bad-request` with every problem. */
export function readMappingText(mappingsDir: string, text: string): Mapping {
  try {
    return readMapping(mappingsDir, { file: 'the mapping', text });
  } catch (error) {
    if (error instanceof ConfigError) throw new OperationError('bad-request', error.message);
    throw error;
  }
}
