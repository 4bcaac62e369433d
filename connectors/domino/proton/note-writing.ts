import { type AttachmentUpload, type AttachOutcome, DominoError, type WriteOutcome } from '../port.ts';
import type { Item, Token, Unid } from '../../../src/sync/note.ts';
import type { BulkAnswer } from './answers.ts';
import type { ProtonClient } from './client.ts';
import { decodeEntry } from './decode.ts';
import { encodeItems } from './encode.ts';
import { classify } from './errors.ts';
import { readByUnids } from './note-reading.ts';
import { unchangedQuery } from '../wire/query.ts';
import { type Call, WireFailure } from '../wire/server-guard.ts';

type ItemChanges = Readonly<Record<string, Item | null>>;

/** Decides whether writes are guarded by a query, and learns from a guard that missed an untouched note. */
export interface WriteGuard {
  isProven(): boolean;
  disprove(): void;
}

export async function writeItems(
  client: ProtonClient,
  guard: WriteGuard,
  unid: Unid,
  changes: ItemChanges,
  expected: Token | null,
  call: Call,
): Promise<WriteOutcome> {
  const entries = Object.entries(changes);
  const kept = encodeItems(
    Object.fromEntries(entries.filter((entry): entry is [string, Item] => entry[1] !== null)),
  );
  const gone = entries.filter(([, item]) => item === null).map(([name]) => name);
  if (entries.length === 0) return { kind: 'written' };

  const sets = Object.keys(kept).length > 0;
  const first: Write = sets
    ? {
        plain: () => client.replaceItems(unid, kept, call),
        guarded: (query) => client.replaceItemsWhere(query, kept, call),
      }
    : {
        plain: () => client.deleteItems(unid, gone, call),
        guarded: (query) => client.deleteItemsWhere(query, gone, call),
      };
  const outcome = await writeOnce(client, guard, unid, expected, call, first);
  if (outcome.kind !== 'written' || !sets || gone.length === 0) return outcome;
  return afterFirstHalf(unid, () => client.deleteItems(unid, gone, call));
}

export async function removeNote(
  client: ProtonClient,
  guard: WriteGuard,
  unid: Unid,
  expected: Token | null,
  call: Call,
): Promise<WriteOutcome> {
  return writeOnce(client, guard, unid, client.supports('bulkDeleteDocuments') ? expected : null, call, {
    plain: () => client.deleteDocument(unid, call),
    guarded: (query) => client.deleteWhere(query, call),
  });
}

export async function attachFile(
  client: ProtonClient,
  unid: Unid,
  file: AttachmentUpload,
  call: Call,
): Promise<AttachOutcome> {
  let name = file.name;
  const outcome = await plainOutcome(async () => {
    name = await client.createAttachment(unid, file, call);
  });
  if (outcome.kind === 'stale')
    throw new DominoError('outcome-unknown', `Upload to note ${unid}: the server found another state`);
  return outcome.kind === 'written' ? { kind: 'written', name } : outcome;
}

export async function detachFile(
  client: ProtonClient,
  unid: Unid,
  name: string,
  call: Call,
): Promise<WriteOutcome> {
  let failed: unknown;
  const outcome = await plainOutcome(async () => {
    const answer = await client.deleteAttachment(unid, name, call);
    failed = answer.entries.find((entry) => errorOf(entry) !== undefined);
  });
  if (outcome.kind !== 'written' || failed === undefined) return outcome;
  return outcomeOfEntry(unid, failed);
}

interface Write {
  readonly plain: () => Promise<void>;
  readonly guarded: (query: string) => Promise<BulkAnswer>;
}

async function writeOnce(
  client: ProtonClient,
  guard: WriteGuard,
  unid: Unid,
  expected: Token | null,
  call: Call,
  write: Write,
): Promise<WriteOutcome> {
  if (expected !== null && expected.kind !== 'modified')
    throw new DominoError(
      'bad-request',
      `Cannot write note ${unid}: a token of kind "${expected.kind}" is not ours`,
    );
  if (expected === null || !guard.isProven()) return plainOutcome(write.plain);

  const answer = await write.guarded(unchangedQuery(unid, expected.value));
  const matched = answer.total ?? answer.entries.length;
  if (matched > 0) return guardedOutcome(unid, answer);

  // Nothing matched: gone, changed, or the guard does not work for this note (its `@modified` is not the time in this file).
  const [seen] = await readByUnids(client, [unid], [], false, call);
  if (seen?.kind === 'missing') return { kind: 'missing' };
  if (seen?.kind !== 'note' || seen.token.value !== expected.value) return { kind: 'stale' };
  guard.disprove();
  return plainOutcome(write.plain);
}

async function plainOutcome(write: () => Promise<void>): Promise<WriteOutcome> {
  try {
    await write();
    return { kind: 'written' };
  } catch (cause) {
    if (cause instanceof WireFailure && cause.failure.kind === 'note-missing') return { kind: 'missing' };
    if (cause instanceof WireFailure && cause.failure.kind === 'precondition-failed')
      return { kind: 'stale' };
    throw cause;
  }
}

/** The query matched; the write of the one note may still have failed on its own. */
function guardedOutcome(unid: Unid, answer: BulkAnswer): WriteOutcome {
  const failed = answer.entries.find((entry) => errorOf(entry) !== undefined);
  if (failed === undefined) {
    if (answer.entries.length > 0) return { kind: 'written' };
    throw new DominoError(
      'outcome-unknown',
      `Write of note ${unid}: the server matched it and did not say the result`,
    );
  }
  return outcomeOfEntry(unid, failed);
}

function outcomeOfEntry(unid: Unid, failed: unknown): WriteOutcome {
  if (decodeEntry(failed, []).kind === 'missing') return { kind: 'missing' };
  const { kind, detail } = classify(errorOf(failed), 'write');
  if (kind === 'precondition-failed') return { kind: 'stale' };
  const code = kind === 'not-authorized' || kind === 'busy' ? kind : 'rejected';
  throw new DominoError(code, `Write of note ${unid}: ${detail}`);
}

/** Items were set already: whatever stops the deletions leaves a note that is neither old nor new. */
async function afterFirstHalf(unid: Unid, write: () => Promise<void>): Promise<WriteOutcome> {
  try {
    return await plainOutcome(write);
  } catch (cause) {
    const detail = cause instanceof DominoError || cause instanceof WireFailure ? cause.message : 'defect';
    throw new DominoError(
      'outcome-unknown',
      `Write of note ${unid}: items were set, others not yet deleted: ${detail}`,
    );
  }
}

function errorOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined;
  return (entry as Record<string, unknown>)['@error'] ?? undefined;
}
