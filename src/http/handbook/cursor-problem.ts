import { HandbookError } from '../../../connectors/handbook/port.ts';
import { ProblemError } from '../problem.ts';

/** For questions whose only part that can be bad is the cursor. */
export async function orBadCursor<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HandbookError && error.code === 'bad-request') throw new ProblemError('bad-cursor');
    throw error;
  }
}
