import type { HandbookCursor } from '../../../connectors/handbook/port.ts';
import { ProblemError } from '../problem.ts';

/** base64url of `[epoch, position]`: opaque to clients. */
export function encodeFeedCursor({ epoch, position }: HandbookCursor): string {
  return Buffer.from(JSON.stringify([epoch, position])).toString('base64url');
}

/** Fails with problem `bad-cursor`. */
export function decodeFeedCursor(cursor: string): HandbookCursor {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 2) {
      const [epoch, position]: readonly unknown[] = parts;
      if (typeof epoch === 'string' && typeof position === 'string' && PRINTABLE.test(epoch + position)) {
        return { epoch, position };
      }
    }
  } catch {
    // Not JSON: as little ours as JSON of another shape.
  }
  throw new ProblemError('bad-cursor');
}

const PRINTABLE = /^[\x20-\x7e]{1,400}$/;
