import { setTimeout as sleep } from 'node:timers/promises';
import { type AttachmentUpload, DominoError } from '../port.ts';
import type { Unid } from '../../../src/sync/note.ts';
import { filesWritten } from './answers.ts';
import type { DominoDbFileWriter } from './module-api.ts';

/** The module's pieces of other streams; what it takes at most is not documented. */
const PIECE_BYTES = 64 * 1024;
/** Whether a writer of files says `drain` is not documented: after so long it is tried again anyway. */
const DRAIN_MS = 1_000;

/**
 * Sends one file and waits for the answer; its name in the note. Rejects with what the writer or the source of the bytes failed with: a file is saved by
 * `end` alone, so whatever fails before it leaves nothing behind.
 */
export async function sendFile(
  writer: DominoDbFileWriter,
  unid: Unid,
  file: AttachmentUpload,
  signal: AbortSignal,
): Promise<string> {
  const answered = Promise.withResolvers<unknown>();
  answered.promise.catch(() => undefined);
  const state = { over: false };
  let drained: (() => void) | null = null;
  writer.on('error', (cause) => {
    state.over = true;
    answered.reject(cause);
    drained?.();
  });
  writer.on('response', (answer) => {
    state.over = true;
    answered.resolve(answer);
    drained?.();
  });
  writer.on('drain', () => drained?.());
  writer.file({ unid, fileName: file.name });
  for await (const bytes of file.open()) {
    for (let from = 0; from < bytes.byteLength && !state.over; from += PIECE_BYTES) {
      signal.throwIfAborted();
      if (writer.write(bytes.subarray(from, from + PIECE_BYTES)) !== false || state.over) continue;
      const waiting = Promise.withResolvers<void>();
      drained = waiting.resolve;
      await Promise.race([waiting.promise, sleep(DRAIN_MS, undefined, { signal }).catch(() => undefined)]);
      drained = null;
    }
    if (state.over) break;
  }
  if (!state.over) writer.end();
  return nameOf(await answered.promise, unid, file);
}

function nameOf(answer: unknown, unid: Unid, file: AttachmentUpload): string {
  const action = `Upload to note ${unid}`;
  const [stored, ...others] = filesWritten.safeParse(answer).data?.attachments ?? [];
  if (stored === undefined || others.length > 0)
    throw new DominoError('outcome-unknown', `${action}: the answer has a shape that is not known`);
  if (stored.errorCode || stored.errorMessage)
    throw Object.assign(new Error(stored.errorMessage ?? ''), { code: stored.errorCode });
  if (stored.fileSize !== undefined && stored.fileSize !== file.size)
    throw new DominoError('outcome-unknown', `${action}: another size was stored than was sent`);
  return stored.fileName ?? file.name;
}
