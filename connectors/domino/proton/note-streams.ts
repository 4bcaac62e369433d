import { type AttachmentContent, type CallOptions, DominoError } from '../port.ts';
import type { Unid } from '../../../src/sync/note.ts';
import { EventStream } from './event-stream.ts';
import type { DominoDbStream } from './module-api.ts';
import { readByUnids } from './note-reading.ts';
import type { Call } from '../wire/server-guard.ts';
import type { Session } from './session.ts';
import { PartMissing, fieldBytesOf, filesOf } from './stream-reading.ts';

export async function* streamAttachments(
  session: Session,
  unid: Unid,
  options: CallOptions | undefined,
): AsyncGenerator<AttachmentContent> {
  const action = `Attachments of note ${unid}`;
  yield* streamOf(session, unid, action, options, filesOf, (call, attach) =>
    session.client.openAttachments(unid, call, attach),
  );
}

export async function* streamRichText(
  session: Session,
  unid: Unid,
  itemName: string,
  options: CallOptions | undefined,
): AsyncGenerator<Uint8Array> {
  const action = `Rich text "${itemName}" of note ${unid}`;
  yield* streamOf(session, unid, action, options, fieldBytesOf, (call, attach) =>
    session.client.openRichText(unid, itemName, call, attach),
  );
}

/** Only the opening is bounded by the time of a call; after it the stream may take as long as it keeps talking. */
async function* streamOf<Part>(
  session: Session,
  unid: Unid,
  action: string,
  options: CallOptions | undefined,
  partsOf: (stream: EventStream, action: string) => AsyncGenerator<Part>,
  open: (call: Call, attach: (emitter: DominoDbStream) => void) => Promise<void>,
): AsyncGenerator<Part> {
  const stream = new EventStream({
    action,
    idleMs: session.limits.streamIdleMs,
    bufferBytes: session.limits.streamBufferBytes,
    signal: options?.signal,
  });
  try {
    await session.read(action, options, (call) => open(call, (emitter) => stream.attach(emitter)));
    yield* partsOf(stream, action);
  } catch (cause) {
    if (!(cause instanceof PartMissing)) throw cause;
    await failIfNoteIsGone(session, unid, action, options);
  } finally {
    stream.close();
  }
}

/** "Not found" may be said of the part or of the note; only a part that is not there is an empty stream. */
async function failIfNoteIsGone(
  session: Session,
  unid: Unid,
  action: string,
  options: CallOptions | undefined,
): Promise<void> {
  const [note] = await session.read(action, options, (call) =>
    readByUnids(session.client, [unid], [], false, call),
  );
  if (note?.kind !== 'note') throw new DominoError('busy', `${action}: the note cannot be read any more`);
}
