import { createHash } from 'node:crypto';
import type {
  FeedPage,
  MembersHandbook,
  Mutation,
  MutationResult,
} from '../../../connectors/handbook/members-port.ts';
import type { HandbookRecord, RecordState } from '../../../connectors/handbook/port.ts';
import type { Fields } from '../../sync/values.ts';

/** The handbook in memory, with the few rules that the HTTP layer can notice. */
export class FakeMembers implements MembersHandbook {
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

  async get(recordId: string): Promise<HandbookRecord | null> {
    const record = this.records.get(recordId);
    return record?.state === 'live' ? record : null;
  }

  async list(
    entity: string,
    page: { readonly after: string | null; readonly limit: number; readonly key?: string },
  ) {
    const order = (record: HandbookRecord) => `${record.key ?? ''} ${record.recordId}`;
    const rest = [...this.records.values()]
      .filter((record) => record.entity === entity && record.state === 'live')
      .filter((record) => page.key === undefined || record.key === page.key)
      .filter((record) => page.after === null || order(record) > page.after)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
    const records = rest.slice(0, page.limit);
    const last = records.at(-1);
    return { records, next: last !== undefined && rest.length > page.limit ? order(last) : null };
  }

  async feed(
    after: { readonly epoch: string; readonly position: string } | null,
    limit: number,
  ): Promise<FeedPage> {
    const from = Number(after?.position ?? 0);
    if (after !== null && after.epoch !== this.epoch) {
      return { epochChanged: true, cursor: { epoch: this.epoch, position: '0' }, changes: [], more: false };
    }
    const touched = this.#log.slice(from, from + limit);
    const changes = [...new Set(touched)].flatMap((recordId): FeedPage['changes'] => {
      const record = this.records.get(recordId);
      if (record === undefined) return [];
      const { entity } = record;
      if (record.state !== 'live') return [{ recordId, entity, kind: 'removed' }];
      return [{ recordId, entity, kind: 'changed', record }];
    });
    const position = from + touched.length;
    return {
      epochChanged: false,
      cursor: { epoch: this.epoch, position: String(position) },
      changes,
      more: position < this.#log.length,
    };
  }

  async mutate(mutation: Mutation): Promise<MutationResult> {
    const id = `${mutation.clientId} ${mutation.mutationId}`;
    const before = this.#answers.get(id);
    if (before !== undefined) return before;
    this.mutations.push(mutation);
    const answer = this.#apply(mutation);
    this.#answers.set(id, answer);
    return answer;
  }

  async readBlob(target: { readonly recordId: string; readonly field: string }, name: string) {
    const bytes = this.blobs.get(`${target.recordId}/${target.field}/${name}`);
    if (bytes === undefined) return null;
    const all = bytes;
    async function* content() {
      for (let at = 0; at < all.length; at += 5) yield all.subarray(at, at + 5);
    }
    return {
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
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
