import type { Readable } from 'node:stream';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { DominoError } from '../port.ts';

/** A body that is no whole array: cut short, or no JSON at all. */
export class BrokenBody extends Error {}

/**
 * The elements of a body that is one JSON array, as they come: an answer of any length is never in memory whole. HCL sends one object a
 * line, which nothing here relies on. Headers leave the server before the data, so an error there can only cut the array short; that is
 * {@link BrokenBody}, after the elements that did come.
 */
export async function* arrayElements(body: Readable): AsyncGenerator {
  const parsed = streamArray.withParserAsStream();
  body.once('error', (cause) => parsed.destroy(cause));
  body.pipe(parsed);
  try {
    for await (const item of parsed) yield (item as { readonly value: unknown }).value;
  } catch (cause) {
    if (cause instanceof DominoError) throw cause;
    throw new BrokenBody('the answer broke off or is no JSON array', { cause });
  } finally {
    body.destroy();
    parsed.destroy();
  }
}
