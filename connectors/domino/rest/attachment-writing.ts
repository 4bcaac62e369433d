import { z } from 'zod';
import { type AttachmentUpload, type AttachOutcome, DominoError, type WriteOutcome } from '../port.ts';
import type { Unid } from '../../../src/sync/note.ts';
import { type Call, WireFailure } from '../wire/server-guard.ts';
import { documentSchema } from './documents.ts';
import { HttpRefusal } from './errors.ts';
import { multipartFile } from './multipart-file.ts';
import { readByUnids } from './note-reading.ts';
import type { RestSession } from './session.ts';

/** The server renames what collides; one file or several. */
export const uploadAnswer = z.looseObject({
  filename: z.string().optional(),
  filenames: z.array(z.string()).optional(),
});

/** An upload is a save of its own, without any guard; the note's revision moves. Answers the name that the file got. */
export async function uploadFile(
  session: RestSession,
  unid: Unid,
  file: AttachmentUpload,
  call: Call,
): Promise<AttachOutcome> {
  await session.requireWritable(call);
  const action = `Upload to note ${unid}`;
  const request = {
    method: 'POST',
    parts: ['attachments', unid],
    query: { dataSource: session.options.scope },
    upload: multipartFile('filename', file),
  } as const;
  try {
    const answer = await session.client.json('write', action, call, request, uploadAnswer);
    const name = answer.filename ?? answer.filenames?.[0];
    if (name !== undefined) return { kind: 'written', name };
  } catch (cause) {
    if (await isGone(session, unid, cause, call)) return { kind: 'missing' };
    throw cause;
  }
  throw new DominoError('outcome-unknown', `${action}: the server did not say under which name`);
}

export async function removeFile(
  session: RestSession,
  unid: Unid,
  name: string,
  call: Call,
): Promise<WriteOutcome> {
  await session.requireWritable(call);
  const request = {
    method: 'DELETE',
    parts: ['attachments', unid, name],
    query: { dataSource: session.options.scope },
  } as const;
  try {
    await session.client.json('write', `Removal of a file of note ${unid}`, call, request, documentSchema);
  } catch (cause) {
    if (!isNotFound(cause)) throw cause;
    return { kind: (await isGone(session, unid, cause, call)) ? 'missing' : 'written' };
  }
  return { kind: 'written' };
}

/** "Not found" may be said of the note or of the file. */
async function isGone(session: RestSession, unid: Unid, cause: unknown, call: Call): Promise<boolean> {
  if (!isNotFound(cause)) return false;
  const [note] = await readByUnids(session, [unid], [], call);
  return note?.kind === 'missing';
}

function isNotFound(cause: unknown): boolean {
  return cause instanceof WireFailure && cause.cause instanceof HttpRefusal && cause.cause.status === 404;
}
