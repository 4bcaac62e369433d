import { z } from 'zod';
import { type AttachmentContent, type CallOptions, DominoError } from '../port.ts';
import type { AttachmentSummary, Unid } from '../../../src/sync/note.ts';
import { type Call, WireFailure } from '../wire/server-guard.ts';
import { canonicalInstant } from '../wire/stamps.ts';
import { HttpRefusal } from './errors.ts';
import type { RestRequest } from './client.ts';
import type { HttpAnswer } from './http.ts';
import { readByUnids } from './note-reading.ts';
import { findField, findForm, findMode, kindOf } from './schema.ts';
import type { RestSession } from './session.ts';

/** Names alone, or objects where metadata was asked for (since 1.0.14). */
export const namesAnswer = z.looseObject({
  Files: z
    .array(
      z.union([
        z.string().transform((filename) => ({ filename, size: null, modified: null })),
        z.looseObject({
          filename: z.string(),
          size: z.number().int().nonnegative().nullish(),
          modified: z.string().nullish(),
        }),
      ]),
    )
    .nullish(),
});

interface NamedFile {
  readonly name: string;
  readonly size: number | null;
  readonly modified: string;
}

async function filesOf(session: RestSession, unid: Unid, call: Call): Promise<readonly NamedFile[]> {
  const request: RestRequest = {
    method: 'GET',
    parts: ['attachmentnames', unid],
    query: { dataSource: session.options.scope, includeAttachmentMetadata: true },
  };
  const { Files } = await session.client.json(
    'read',
    `Attachments of note ${unid}`,
    call,
    request,
    namesAnswer,
  );
  return (Files ?? []).map(({ filename, size, modified }) => ({
    name: filename,
    size: size ?? null,
    modified: canonicalInstant(modified ?? '') ?? '',
  }));
}

/** Names and sizes; throws `protocol` where the server tells no sizes (before 1.0.14). */
export async function summariesOf(
  session: RestSession,
  unid: Unid,
  call: Call,
): Promise<readonly AttachmentSummary[]> {
  const files = await filesOf(session, unid, call);
  return files.map(({ name, size, modified }) => {
    if (size === null)
      throw new DominoError(
        'protocol',
        `Attachments of note ${unid}: the server tells no sizes; it needs 1.0.14 or later`,
      );
    return { name, size, modified };
  });
}

/** The files one after the other, in the order of the server's list. Each is a request of its own. */
export async function* streamAttachments(
  session: RestSession,
  unid: Unid,
  options: CallOptions | undefined,
): AsyncGenerator<AttachmentContent> {
  const action = `Attachments of note ${unid}`;
  const files = await session.read(action, options, (call) => filesOf(session, unid, call));
  for (const { name, size, modified } of files) {
    using body = await openBody(session, action, options, {
      method: 'GET',
      parts: ['attachments', unid, name],
      query: { dataSource: session.options.scope },
    });
    const announced = size ?? body.answer.contentLength;
    if (announced === null)
      throw new DominoError('protocol', `${action}: the server tells no sizes; it needs 1.0.14 or later`);
    yield { name, size: announced, modified, content: bytesOf(body.answer, action, announced) };
  }
}

/**
 * A rich text item in the form that the link reads (`html` by default: readable everywhere, the same at each read, never written back). An
 * item that the note does not have is an empty stream. MIME of what a Notes client wrote is known to fail; then it is HTML.
 */
export async function* streamRichText(
  session: RestSession,
  unid: Unid,
  itemName: string,
  options: CallOptions | undefined,
): AsyncGenerator<Uint8Array> {
  const action = `Rich text "${itemName}" of note ${unid}`;
  const mode = await session.read(action, options, (call) => richTextMode(session, unid, itemName, call));
  const request = (form: string): RestRequest => ({
    method: 'GET',
    parts: ['richtext', form, unid],
    query: { dataSource: session.options.scope, item: itemName, mode },
  });
  const { richTextAs } = session.options;
  try {
    using body = await openBody(session, action, options, request(richTextAs)).catch((cause: unknown) => {
      if (richTextAs !== 'mime' || statusOf(cause) !== 500) throw cause;
      return openBody(session, action, options, request('html'));
    });
    yield* bytesOf(body.answer, action, null);
  } catch (cause) {
    if (statusOf(cause) !== 404) throw cause;
    const [note] = await session.read(action, options, (call) => readByUnids(session, [unid], [], call));
    if (note?.kind !== 'note') throw new DominoError('busy', `${action}: the note cannot be read any more`);
  }
}

/** Without the field in the mode the server's "not found" would look like a note without the item. */
async function richTextMode(session: RestSession, unid: Unid, itemName: string, call: Call): Promise<string> {
  const facts = await session.facts(call);
  const [note] = await readByUnids(session, [unid], [], call);
  if (note?.kind !== 'note')
    throw new DominoError('busy', `Rich text of note ${unid}: the note cannot be read`);
  const form = findForm(facts.scope.schema, String(note.items['Form']?.values[0]));
  const { modeName } = session.frame(facts, [itemName], form === undefined ? [] : [form.formName]);
  const mode = form === undefined ? undefined : findMode(form, modeName);
  const field = mode === undefined ? undefined : findField(mode, itemName);
  if (field !== undefined && kindOf(field).value === 'richText') return modeName;
  throw new DominoError(
    'rejected',
    `No mode of form "${form?.formName ?? ''}" shows rich text "${itemName}"; add it to the schema as type object, format richtext`,
  );
}

interface OpenBody extends Disposable {
  readonly answer: HttpAnswer;
}

async function openBody(
  session: RestSession,
  action: string,
  options: CallOptions | undefined,
  request: RestRequest,
): Promise<OpenBody> {
  const ending = new AbortController();
  const signal =
    options?.signal === undefined ? ending.signal : AbortSignal.any([ending.signal, options.signal]);
  const close = () => ending.abort(new DominoError('busy', `${action}: given up`));
  const deadline = performance.now() + (options?.timeoutMs ?? session.options.limits.readMs);
  try {
    const answer = await session.client.open(action, { signal: options?.signal, deadline }, request, signal);
    return {
      answer,
      [Symbol.dispose]: () => {
        if (!answer.body.readableEnded) close();
        answer.body.on('error', () => {}).destroy();
      },
    };
  } catch (cause) {
    close();
    throw cause;
  }
}

/** `announced`: fewer or more bytes are an answer that broke off. */
function bytesOf(answer: HttpAnswer, action: string, announced: number | null): AsyncIterable<Uint8Array> {
  return (async function* () {
    let received = 0;
    try {
      for await (const chunk of answer.body) {
        received += (chunk as Uint8Array).byteLength;
        yield chunk as Uint8Array;
      }
    } catch (cause) {
      throw new DominoError('unreachable', `${action}: the connection was lost after ${received} bytes`, {
        cause,
      });
    }
    if (announced !== null && received !== announced)
      throw new DominoError('protocol', `${action}: ${received} bytes came, ${announced} were announced`);
  })();
}

function statusOf(cause: unknown): number | null {
  return cause instanceof WireFailure && cause.cause instanceof HttpRefusal ? cause.cause.status : null;
}
