import { createHash, randomUUID } from 'node:crypto';
import type { BlobRef, Fields } from '../../../../src/sync/values.ts';
import type { EntitySchema, Mutation, MembersHandbook } from '../../members-port.ts';
import type { Handbook, HandbookChanges, HandbookCursor, HandbookOp, HandbookOutcome } from '../../port.ts';

/** What a contract test needs of the implementation that it runs on. */
export interface HandbookUnderTest {
  readonly handbook: Handbook;
  readonly members: MembersHandbook;
  /** Everything that is stored, in any form in which a text could be recognised. */
  readonly dump: () => Promise<string>;
  /** Resolves when everything that has been done so far can be told: other users of the same server may delay that. */
  readonly settled: () => Promise<void>;
  close(): Promise<void>;
}

export type OpBody<Op extends HandbookOp = HandbookOp> = Op extends HandbookOp
  ? Omit<Op, 'opId' | 'entity'>
  : never;

/** Members may write `name`, `phone`, `tags` and `born`; `code` is the key. */
export const memberSchema: EntitySchema = {
  entity: 'member',
  title: { vi: 'Đảng viên', en: 'Member' },
  key: 'code',
  creatable: true,
  deletable: true,
  fields: [
    { field: 'code', type: 'text', writable: false, check: { required: true, maxLength: 12 } },
    { field: 'name', type: 'text', writable: true, check: { required: true, maxLength: 40 } },
    { field: 'phone', type: 'text', writable: true, check: { pattern: '^[0-9]+$' } },
    { field: 'tags', type: 'set', writable: true, check: {} },
    { field: 'born', type: 'partialDate', writable: true, check: {} },
    { field: 'rank', type: 'number', writable: false, check: {} },
    { field: 'photo', type: 'attachments', writable: true, check: {} },
  ],
};

/** Readable, and nothing else. */
export const noticeSchema: EntitySchema = {
  ...memberSchema,
  entity: 'notice',
  creatable: false,
  deletable: false,
};

export function op(body: OpBody, opId: string = randomUUID()): HandbookOp {
  return { opId, entity: 'member', ...body };
}

export function creation(recordId: string, key: string | null, set: Fields = {}): HandbookOp {
  return op({ kind: 'put', recordId, expectedVersion: 0, key, set });
}

/** Applies one op that the test counts on. */
export async function applied(
  handbook: Handbook,
  single: HandbookOp,
): Promise<Extract<HandbookOutcome, { readonly kind: 'applied' }>> {
  const [outcome] = await handbook.apply([single]);
  if (outcome?.kind !== 'applied')
    throw new Error(`Expected the op to be applied, got ${JSON.stringify(outcome)}`);
  return outcome;
}

/** What happened, without which op it was. */
export function withoutId(outcome: HandbookOutcome): unknown {
  return { ...outcome, opId: undefined };
}

/** A live record at version 1. */
export async function create(handbook: Handbook, key: string | null, set: Fields = {}): Promise<string> {
  const recordId = randomUUID();
  await applied(handbook, creation(recordId, key, set));
  return recordId;
}

export function mutation(body: Partial<Mutation> & Pick<Mutation, 'kind' | 'recordId'>): Mutation {
  return {
    clientId: 'phone of a test',
    mutationId: randomUUID(),
    accountId: 'account',
    entity: 'member',
    baseVersion: body.kind === 'create' ? 0 : 1,
    fields: {},
    ...body,
  };
}

/** A page of the feed once everything that has been done so far can be told. */
export async function changes(
  made: Pick<HandbookUnderTest, 'handbook' | 'settled'>,
  after: HandbookCursor | null,
  limit: number,
): Promise<HandbookChanges> {
  await made.settled();
  return made.handbook.changes(after, limit);
}

/** A cursor behind everything that has happened so far. */
export async function endOfFeed(
  made: Pick<HandbookUnderTest, 'handbook' | 'settled'>,
): Promise<HandbookCursor> {
  for (let cursor: HandbookCursor | null = null; ; ) {
    const page = await changes(made, cursor, 500);
    cursor = page.cursor;
    if (!page.more) return cursor;
  }
}

export function blobRef(name: string, bytes: Uint8Array): BlobRef {
  return { name, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

export async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

export async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Bytes without a pattern in them, the same for the same length. */
export function bytesOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = (at * 2_654_435_761) >>> 13;
  return bytes;
}
