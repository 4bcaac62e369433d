import { DominoError, type WriteOutcome } from '../port.ts';
import type { Items, NoteRead, Token, Unid } from '../../../src/sync/note.ts';
import { type Call, WireFailure } from '../wire/server-guard.ts';
import { chooseWriteMode } from './choose-mode.ts';
import { documentSchema, type DocumentJson, metaOf } from './documents.ts';
import { type ItemChanges, countWritable, droppedFields, encodeChanges, NotInSchema } from './encode.ts';
import { HttpRefusal } from './errors.ts';
import { deletingMode } from './findings.ts';
import { readByUnids } from './note-reading.ts';
import { findForm, type RestForm } from './schema.ts';
import type { Facts, RestSession } from './session.ts';

/** Both public shapes of a deletion's answer are objects; it says nothing that its status does not. */
const deletion = documentSchema;

/** Creates the note in mode `default`, the only one a new document can have. What the server dropped of it undoes it. */
export async function createNote(
  session: RestSession,
  items: Items,
  parent: Unid | undefined,
  call: Call,
): Promise<{ readonly unid: Unid }> {
  const { scope } = session.options;
  const facts = await session.requireWritable(call);
  const formName = String(items['Form']?.values[0] ?? '');
  const form = findForm(facts.scope.schema, formName);
  if (form === undefined)
    throw new DominoError('rejected', `The schema of scope "${scope}" does not know form "${formName}"`);
  const set = Object.fromEntries(Object.entries(items).filter(([, item]) => item.values.length > 0));
  const json = encoded(form, 'default', set);
  const query = { dataSource: scope, parentUnid: parent, richTextAs: session.options.richTextAs };
  const stored = await session.client.json(
    'write',
    'Creation of a note',
    call,
    { method: 'POST', parts: ['document'], query, body: { Form: formName, ...withoutNulls(json) } },
    documentSchema,
  );
  const meta = metaOf(stored);
  if (meta === null) throw new DominoError('outcome-unknown', 'Creation of a note: the answer names no UNID');
  const dropped = droppedFields(form, 'default', withoutNulls(json), stored);
  if (dropped.length === 0) return { unid: meta.unid };
  await undoCreation(session, facts, form, meta.unid, dropped, call);
  throw new DominoError('rejected', `Creation of a note: ${droppedMessage(form, 'default', dropped)}`);
}

/** A note that lacks what it was made with would be read as an edit by somebody. */
async function undoCreation(
  session: RestSession,
  facts: Facts,
  form: RestForm,
  unid: Unid,
  dropped: readonly string[],
  call: Call,
): Promise<void> {
  const mode = deletingMode(form);
  const undone =
    mode !== null &&
    (await deleteDocument(session, unid, mode, call).then(
      () => true,
      () => false,
    ));
  if (!undone)
    throw new DominoError(
      'outcome-unknown',
      `Creation of a note: ${droppedMessage(form, 'default', dropped)}; the incomplete note ${unid} could not be removed again (${facts.scope.level})`,
    );
}

/**
 * PATCH of the changed items only: rich text and all other items stay as they are. The note is read first, for its form, and so that a
 * stale write is never sent; where the schema requires the revision, the server refuses what slipped in between.
 */
export async function writeItems(
  session: RestSession,
  unid: Unid,
  changes: ItemChanges,
  expected: Token | null,
  call: Call,
): Promise<WriteOutcome> {
  const facts = await session.requireWritable(call);
  const before = await stateToWrite(session, unid, expected, call);
  if (before.kind !== 'note') return before;
  if (Object.keys(changes).length === 0) return { kind: 'written' };
  const form = findForm(facts.scope.schema, String(before.note.items['Form']?.values[0]));
  if (form === undefined)
    throw new DominoError('rejected', `Write of note ${unid}: the schema does not know its form`);
  const mode = chooseWriteMode(form, (name) => countWritable(form, name, changes)) ?? 'default';
  const json = encoded(form, mode, changes);
  const { token } = before.note;
  const query = {
    dataSource: session.options.scope,
    mode,
    richTextAs: session.options.richTextAs,
    revision: before.revision,
  };
  const action = `Write of note ${unid}`;
  let stored: DocumentJson;
  try {
    stored = await session.client.json(
      'write',
      action,
      call,
      { method: 'PATCH', parts: ['document', unid], query, body: json },
      documentSchema,
    );
  } catch (cause) {
    return judged(session, unid, token, cause, call);
  }
  const dropped = droppedFields(form, mode, json, stored);
  if (dropped.length > 0)
    throw new DominoError('rejected', `${action}: ${droppedMessage(form, mode, dropped)}`);
  return { kind: 'written' };
}

/** No call to delete takes a revision: the state is looked at right before, and a save between the look and the deletion is lost with its note. */
export async function removeNote(
  session: RestSession,
  unid: Unid,
  expected: Token | null,
  call: Call,
): Promise<WriteOutcome> {
  const facts = await session.requireWritable(call);
  const before = await currentState(session, unid, expected, call);
  if (before.kind !== 'note') return before;
  const formName = String(before.note.items['Form']?.values[0]);
  const form = findForm(facts.scope.schema, formName);
  const mode = form === undefined ? null : deletingMode(form);
  if (mode === null)
    throw new DominoError(
      'rejected',
      `Deletion of note ${unid}: no mode of form "${formName}" allows it; give one a deleteAccessFormula such as @True`,
    );
  try {
    await deleteDocument(session, unid, mode, call);
    return { kind: 'written' };
  } catch (cause) {
    return judged(session, unid, before.note.token, cause, call);
  }
}

async function deleteDocument(session: RestSession, unid: Unid, mode: string, call: Call): Promise<void> {
  const query = { dataSource: session.options.scope, mode };
  const request = { method: 'DELETE', parts: ['document', unid], query } as const;
  await session.client.json('write', `Deletion of note ${unid}`, call, request, deletion);
}

type State =
  | { readonly kind: 'note'; readonly note: NoteRead }
  | Extract<WriteOutcome, { kind: 'stale' | 'missing' }>;

/** As {@link currentState}, with the revision that the write names. */
async function stateToWrite(
  session: RestSession,
  unid: Unid,
  expected: Token | null,
  call: Call,
): Promise<
  | Exclude<State, { kind: 'note' }>
  | { readonly kind: 'note'; readonly note: NoteRead; readonly revision: string | undefined }
> {
  const first = await currentState(session, unid, expected, call);
  if (first.kind !== 'note') return first;
  const { token } = first.note;
  if (token.kind === 'oid') return { ...first, revision: token.value };
  // Lists of the old shape show no revision. What is saved after it was fetched, the server refuses; before, another entity tag shows.
  const query = { dataSource: session.options.scope };
  const request = { method: 'GET', parts: ['docmeta', unid], query } as const;
  const meta = metaOf(
    await session.client.json('read', `Revision of note ${unid}`, call, request, documentSchema),
  );
  const second = await currentState(session, unid, expected ?? token, call);
  if (second.kind !== 'note') return second;
  return { ...second, revision: meta?.token.kind === 'oid' ? meta.token.value : undefined };
}

async function currentState(
  session: RestSession,
  unid: Unid,
  expected: Token | null,
  call: Call,
): Promise<State> {
  const [note] = await readByUnids(session, [unid], [], call);
  if (expected !== null && expected.kind !== session.tokenKind)
    throw new DominoError(
      'bad-request',
      `Cannot write note ${unid}: a token of kind "${expected.kind}" is not ours`,
    );
  if (note?.kind === 'missing') return { kind: 'missing' };
  if (note?.kind === 'unreadable') throw new DominoError('not-authorized', `Note ${unid} may not be read`);
  if (note?.kind !== 'note')
    throw new DominoError('protocol', `Note ${unid} cannot be read: ${note?.message ?? ''}`);
  if (expected !== null && note.token.value !== expected.value) return { kind: 'stale' };
  return { kind: 'note', note };
}

/**
 * What a refused write was. The status of a stale revision is not published and may look like missing rights; so the note is read again:
 * another state is `stale`, the same one means what the status says. Silence is nobody's answer and stays `outcome-unknown`.
 */
async function judged(
  session: RestSession,
  unid: Unid,
  sent: Token,
  cause: unknown,
  call: Call,
): Promise<WriteOutcome> {
  if (!(cause instanceof WireFailure) || !(cause.cause instanceof HttpRefusal)) throw cause;
  const { status } = cause.cause;
  const { detail } = cause.failure;
  // A gateway gave up, or said no for a server that may have begun: the write may still land.
  if (status === 502 || status === 503 || status === 504 || status === 408) throw cause;
  const [now] = await readByUnids(session, [unid], [], call);
  if (now?.kind === 'missing') return { kind: 'missing' };
  if (now?.kind !== 'note') throw cause;
  const isSame = now.token.kind === sent.kind && now.token.value === sent.value;
  if (!isSame && status >= 500) throw cause;
  if (!isSame) return { kind: 'stale' };
  const code = status === 401 || status === 403 ? 'not-authorized' : 'rejected';
  throw new DominoError(code, `Write of note ${unid}: ${detail}; the note is as it was`);
}

function encoded(form: RestForm, mode: string, changes: ItemChanges): Record<string, unknown> {
  try {
    return encodeChanges(form, mode, changes);
  } catch (cause) {
    if (cause instanceof NotInSchema) throw new DominoError('rejected', cause.message);
    throw cause;
  }
}

const withoutNulls = (json: DocumentJson): DocumentJson =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));

function droppedMessage(form: RestForm, mode: string, dropped: readonly string[]): string {
  const fields = dropped.map((name) => `"${name}"`).join(', ');
  return `dropped field: the server did not store ${fields} of form "${form.formName}", mode "${mode}", as sent; look at their type and format in the schema`;
}
