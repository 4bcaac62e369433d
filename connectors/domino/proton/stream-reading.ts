import type { AttachmentContent } from '../port.ts';
import { DominoError } from '../port.ts';
import { fieldHead, fileHead, partError } from './answers.ts';
import { decodeInstant } from './decode.ts';
import { type Failure, dominoErrorOf } from '../wire/failure.ts';
import { classify } from './errors.ts';
import type { EventStream } from './event-stream.ts';

/** A part of a stream that the server could not give, because the note or the item is not there. */
export class PartMissing extends Error {}

/**
 * The files of an attachment stream in the order they come. A content that was not consumed to its end is read away before the next file.
 * Throws `protocol` when the stream ends inside a file or with fewer bytes than announced, {@link PartMissing} for a not-found.
 */
export async function* filesOf(stream: EventStream, action: string): AsyncGenerator<AttachmentContent> {
  for (;;) {
    const event = await stream.next();
    if (event.name === 'end') return;
    failIfPart(event.value, action);
    const head = fileHead.safeParse(event.value);
    if (event.name !== 'file' || !head.success) throw outOfOrder(action);
    const { fileName, fileSize, modified } = head.data;
    const content = partBytes(stream, action, fileSize);
    yield { name: fileName, size: fileSize, modified: decodeInstant(modified) ?? '', content };
    await skip(content);
  }
}

/** The bytes of a one-field rich text stream; nothing when the stream ends without a field. */
export async function* fieldBytesOf(stream: EventStream, action: string): AsyncGenerator<Uint8Array> {
  for (;;) {
    const event = await stream.next();
    if (event.name === 'end') return;
    failIfPart(event.value, action);
    const head = fieldHead.safeParse(event.value);
    if (event.name !== 'field' || !head.success) throw outOfOrder(action);
    yield* partBytes(stream, action, 0);
  }
}

/** Returning early must not end the generator: what was left is read away by the caller, so it is an iterable with its own state. */
function partBytes(stream: EventStream, action: string, atLeast: number): AsyncIterable<Uint8Array> {
  let received = 0;
  let finished = false;
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    if (finished) return { done: true, value: undefined };
    const event = await stream.next();
    if (event.name === 'data' && event.value instanceof Uint8Array) {
      received += event.value.byteLength;
      return { done: false, value: event.value };
    }
    finished = true;
    if (event.name !== 'eof') throw outOfOrder(action);
    if (received < atLeast)
      throw new DominoError('protocol', `${action}: ${received} bytes came, ${atLeast} were announced`);
    return { done: true, value: undefined };
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

async function skip(content: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = content[Symbol.asyncIterator]();
  let step = await iterator.next();
  while (step.done !== true) step = await iterator.next();
}

function failIfPart(head: unknown, action: string): void {
  const error = partError(head);
  if (error === undefined) return;
  const failure: Failure = classify(error, 'read');
  if (failure.kind === 'note-missing') throw new PartMissing(failure.detail);
  throw dominoErrorOf(failure, 'read', action);
}

function outOfOrder(action: string): DominoError {
  return new DominoError('protocol', `${action}: the stream broke off or its events came out of order`);
}
