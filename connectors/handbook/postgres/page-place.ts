import { HandbookError } from '../port.ts';
import { isRecordId } from './record-row.ts';
import type { PagePlace } from './statements/select-page.ts';

/** Opaque to whoever holds it; safe in a URL. */
export function writePlace({ key, recordId }: PagePlace): string {
  return Buffer.from(JSON.stringify([key, recordId])).toString('base64url');
}

/** Throws `bad-request` for anything that {@link writePlace} did not write. */
export function readPlace(text: string): PagePlace {
  const [key, recordId] = parse(text);
  if (typeof key !== 'string' || typeof recordId !== 'string' || !isRecordId(recordId)) {
    throw new HandbookError(
      'bad-request',
      'The page cursor is not one that the handbook gave out: start at the first page',
    );
  }
  return { key, recordId };
}

function parse(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
