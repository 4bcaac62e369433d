import { expect } from 'vitest';

/** How a call of the package fails: name, code and message are all that callers can match on. */
export function rejection(code: string, message = /./u): object {
  return { name: 'DominoDbError', code, message: expect.stringMatching(message) as string };
}
