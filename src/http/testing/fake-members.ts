import { createHash } from 'node:crypto';
import type { Mutation, MutationResult } from '../../../connectors/handbook/members-port.ts';
import {
  type BlobTarget,
  HandbookError,
  type HandbookRecord,
  type RecordState,
} from '../../../connectors/handbook/port.ts';
import type {
  BlobReading,
  ByteRange,
  FeedChange,
  HistoryEntry,
  ListQuery,
  ReaderFeedPage,
  ReadersHandbook,
  RecordsPage,
  Rights,
  Viewer,
} from '../../../connectors/handbook/readers-port.ts';
import type { Fields } from '../../sync/values.ts';

/** The handbook in memory, with the few rules that the HTTP layer can notice. Who sees what is the store's business and tested there. */
export class FakeMembers implements ReadersHandbook {
  epoch = 'epoch-1';
  readonly records = new Map<string, HandbookRecord>();
  readonly blobs = new Map<string, Buffer>();
  readonly mutations: Mutation[] = [];
  readonly #answers = new Map<string, MutationResult>();
  readonly #log: string[] = [];

  put(
    entity: string,
    recordId: string,
    key: string | null,
    fields: Fields,
    state: RecordState = 'live',
  ): void {
    const version = (this.records.get(recordId)?.version ?? 0) + 1;
    this.records.set(recordId, { recordId, entity, key, state, version, fields, bornIn: 'notes' });
    this.#log.push(recordId);
  }

  withdraw(recordId: string): void {
    const record = this.records.get(recordId);
    if (record === undefined) throw new Error('no such record');
    this.put(record.entity, recordId, null, {}, 'withdrawn');
  }

  putBlob(recordId: string, field: string, name: string, content: string): string {
    const bytes = Buffer.from(content);
    this.blobs.set(`${recordId}/${field}/${name}`, bytes);
    return createHash('sha256').update(bytes).digest('hex');
  }

  async rights(viewer: Viewer): Promise<Rights> {
    const tokens = viewer.memberKey === null ? null : [viewer.memberKey];
    return { viewer, tokens, fingerprint: JSON.stringify(tokens) };
  }

  async get(rights: Rights, entity: string, recordId: string): Promise<HandbookRecord | null> {
    const record = this.records.get(recordId);
    return record?.entity === entity && sees(rights, record) ? record : null;
  }

  async history(): Promise<readonly HistoryEntry[] | null> {
    return [];
  }

  async list(rights: Rights, entity: string, query: ListQuery): Promise<RecordsPage> {
    const order = (record: HandbookRecord) => `${record.key ?? ''} ${record.recordId}`;
    const rest = [...this.records.values()]
      .filter((record) => record.entity === entity && sees(rights, record))
      .filter((record) => query.key === undefined || record.key === query.key)
      .filter((record) => query.after === null || order(record) > query.after)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
    const records = rest.slice(0, query.limit);
    const last = records.at(-1);
    return { records, next: last !== undefined && rest.length > query.limit ? order(last) : null };
  }

  async count(): Promise<number> {
    return this.records.size;
  }

  async search(): Promise<RecordsPage> {
    return { records: [], next: null };
  }

  async feed(rights: Rights, after: string | null, limit: number): Promise<ReaderFeedPage> {
    const [epoch, place] = (after ?? `${this.epoch} 0`).split(' ');
    const from = Number(place);
    if (!/^\d+$/.test(place ?? '')) throw new HandbookError('bad-request', 'not a cursor of this handbook');
    if (epoch !== this.epoch) return { kind: 'resync', reason: 'restored' };
    const touched = this.#log.slice(from, from + limit);
    const changes = [...new Set(touched)].flatMap((recordId): FeedChange[] => {
      const record = this.records.get(recordId);
      if (record === undefined) return [];
      if (sees(rights, record)) return [{ kind: 'changed', record }];
      return rights.tokens === null ? [{ kind: 'removed', recordId, entity: record.entity }] : [];
    });
    const position = from + touched.length;
    return {
      kind: 'changes',
      changes,
      cursor: `${this.epoch} ${position}`,
      more: position < this.#log.length,
    };
  }

  async feedEnd(): Promise<string> {
    return String(this.#log.length);
  }

  async mutate(_rights: Rights, mutation: Mutation): Promise<MutationResult> {
    const id = `${mutation.clientId} ${mutation.mutationId}`;
    const before = this.#answers.get(id);
    if (before !== undefined) return before;
    this.mutations.push(mutation);
    const answer = this.#apply(mutation);
    this.#answers.set(id, answer);
    return answer;
  }

  async readBlob(
    _rights: Rights,
    _entity: string,
    target: BlobTarget,
    name: string,
    asked: ByteRange = { first: 0, last: null },
  ): Promise<BlobReading | null> {
    const all = this.blobs.get(`${target.recordId}/${target.field}/${name}`);
    if (all === undefined) return null;
    const size = all.length;
    const last = Math.min(asked.last ?? size - 1, size - 1);
    const part = all.subarray(asked.first, last + 1);
    async function* content() {
      for (let at = 0; at < part.length; at += 5) yield part.subarray(at, at + 5);
    }
    return {
      size,
      sha256: createHash('sha256').update(all).digest('hex'),
      range: asked.first <= last ? { first: asked.first, last } : null,
      content: content(),
    };
  }

  #apply(mutation: Mutation): MutationResult {
    const record = this.records.get(mutation.recordId);
    if (mutation.kind === 'create') {
      if (record !== undefined) return { kind: 'refused', reason: 'already-exists' };
      this.put(mutation.entity, mutation.recordId, null, mutation.fields);
      return { kind: 'applied', version: 1 };
    }
    if (record?.state === 'withdrawn') return { kind: 'held' };
    if (record === undefined || record.state !== 'live') return { kind: 'refused', reason: 'no-such-record' };
    if (mutation.baseVersion < record.version) {
      const fields = Object.entries(mutation.fields).map(([field, yours]) => [
        field,
        { yours, current: record.fields[field] ?? null },
      ]);
      return { kind: 'conflict', version: record.version, fields: Object.fromEntries(fields) };
    }
    this.put(record.entity, record.recordId, record.key, { ...record.fields, ...mutation.fields });
    return { kind: 'applied', version: record.version + 1 };
  }
}

function sees({ tokens }: Rights, { state, fields }: HandbookRecord): boolean {
  return state === 'live' && (tokens === null || tokens.some((token) => token === fields['memberCode']));
}
