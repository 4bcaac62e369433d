import type {
  EntitySchema,
  FeedPage,
  MembersHandbook,
  Mutation,
  MutationResult,
  RecordPage,
} from '../members-port.ts';
import type { BlobTarget, HandbookCursor, HandbookRecord } from '../port.ts';
import { checkMutation } from '../postgres/mutate/check-mutation.ts';
import { planMutation } from '../postgres/mutate/plan-mutation.ts';
import { readPlace, writePlace } from '../postgres/page-place.ts';
import { ownsKey, type RecordRow, toRecord } from '../postgres/record-row.ts';
import { readMemoryBlob } from './memory-blobs.ts';
import { readMemoryFeed } from './memory-feed.ts';
import type { MemoryRecords } from './memory-records.ts';

/** {@link MembersHandbook} on the same tables as `MemoryHandbook`. */
export class MemoryMembersHandbook implements MembersHandbook {
  readonly #records: MemoryRecords;
  readonly #schemas: ReadonlyMap<string, EntitySchema>;

  constructor(records: MemoryRecords, schemas: readonly EntitySchema[]) {
    this.#records = records;
    this.#schemas = new Map(schemas.map((schema) => [schema.entity, schema]));
  }

  async get(recordId: string): Promise<HandbookRecord | null> {
    return this.#live(recordId);
  }

  async list(entity: string, page: Parameters<MembersHandbook['list']>[1]): Promise<RecordPage> {
    const after = page.after === null ? null : placeText(readPlace(page.after));
    const rows = [...this.#records.rows.values()]
      .filter(
        (row) =>
          row.entity === entity &&
          row.state === 'live' &&
          (page.key === undefined || row.key === page.key) &&
          (after === null || placeText(placeOf(row)) > after),
      )
      .sort((one, other) => (placeText(placeOf(one)) < placeText(placeOf(other)) ? -1 : 1));
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { records: shown.map(toRecord), next: last === undefined ? null : writePlace(placeOf(last)) };
  }

  async feed(after: HandbookCursor | null, limit: number): Promise<FeedPage> {
    const { entries, ...reading } = readMemoryFeed(this.#records, after, limit);
    const changes = entries.map(({ recordId, entity }): FeedPage['changes'][number] => {
      const record = this.#live(recordId);
      return record === null
        ? { recordId, entity, kind: 'removed' }
        : { recordId, entity, kind: 'changed', record };
    });
    return { ...reading, changes };
  }

  async mutate(mutation: Mutation): Promise<MutationResult> {
    const id = JSON.stringify([mutation.clientId, mutation.mutationId]);
    const known = this.#records.answers.get(id);
    if (known) return known.result;
    const schema = this.#schemas.get(mutation.entity);
    const checked = checkMutation(schema, mutation);
    const result = 'refused' in checked ? checked.refused : this.#carryOut(schema, mutation, checked.fields);
    const answer = { mutation: { ...mutation, fields: {} }, result };
    this.#records.answers.set(id, answer);
    return result;
  }

  async readBlob(
    target: BlobTarget,
    name: string,
  ): Promise<{
    readonly size: number;
    readonly sha256: string;
    readonly content: AsyncIterable<Uint8Array>;
  } | null> {
    const blob = readMemoryBlob(this.#records, target, name, 'live only');
    return blob === null ? null : { size: blob.ref.size, sha256: blob.ref.sha256, content: blob.content };
  }

  #carryOut(
    schema: EntitySchema | undefined,
    mutation: Mutation,
    fields: Mutation['fields'],
  ): MutationResult {
    const before = this.#records.rows.get(mutation.recordId) ?? null;
    const { row, result, erase } = planMutation(mutation, fields, schema?.key ?? '', before);
    if (row === undefined) return result;
    if (row.key !== null && ownsKey(row)) {
      const holder = this.#records.holder(row.entity, row.key);
      if (holder !== null && holder !== row.recordId) return { kind: 'refused', reason: 'already-exists' };
    }
    this.#records.put(row, before?.version !== row.version);
    if (erase) this.#records.erase(row.recordId);
    return result;
  }

  #live(recordId: string): HandbookRecord | null {
    const row = this.#records.rows.get(recordId);
    return row?.state === 'live' ? toRecord(row) : null;
  }
}

function placeOf(row: RecordRow): { readonly key: string; readonly recordId: string } {
  return { key: row.key ?? '', recordId: row.recordId };
}

/** U+0000 sorts before everything that a key can hold. */
function placeText({ key, recordId }: { readonly key: string; readonly recordId: string }): string {
  return `${key}\0${recordId}`;
}
