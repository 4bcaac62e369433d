import { ownsKey, type RecordRow } from '../postgres/record-row.ts';
import { keyId } from '../postgres/apply/plan-op.ts';
import type { OpOutcome } from '../postgres/apply/plan-op.ts';
import type { Mutation, MutationResult } from '../members-port.ts';

export interface MemoryBlob {
  readonly recordId: string;
  readonly field: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** The tables of the handbook, in memory: what `handbook.record`, `feed`, `applied_op`, `mutation` and `blob` hold. */
export class MemoryRecords {
  readonly rows = new Map<string, RecordRow>();
  readonly appliedOps = new Map<string, OpOutcome>();
  /** Feed position by record: each record once, at the place of its newest change. */
  readonly positions = new Map<string, number>();
  readonly answers = new Map<string, { readonly mutation: Mutation; result: MutationResult }>();
  blobs: MemoryBlob[] = [];
  epoch: string;
  #lastPosition = 0;

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  put(row: RecordRow, announce: boolean): void {
    this.rows.set(row.recordId, row);
    if (announce) this.positions.set(row.recordId, ++this.#lastPosition);
  }

  /** Live or hidden record that owns the key. */
  holder(entity: string, key: string): string | null {
    for (const row of this.rows.values())
      if (row.entity === entity && row.key === key && ownsKey(row)) return row.recordId;
    return null;
  }

  holders(keys: readonly { readonly entity: string; readonly key: string }[]): ReadonlyMap<string, string> {
    return new Map(
      keys.flatMap(({ entity, key }) => {
        const holder = this.holder(entity, key);
        return holder === null ? [] : [[keyId(entity, key), holder] as const];
      }),
    );
  }

  /** All blobs and the values of every stored answer of the record. */
  erase(recordId: string): void {
    this.blobs = this.blobs.filter((blob) => blob.recordId !== recordId);
    for (const answer of this.answers.values()) {
      if (answer.mutation.recordId !== recordId || answer.result.kind !== 'conflict') continue;
      const fields = Object.keys(answer.result.fields);
      answer.result = {
        ...answer.result,
        fields: Object.fromEntries(fields.map((field) => [field, { yours: null, current: null }])),
      };
    }
  }

  /** Everything that is stored, as text. What a mutation brought is not kept beside its answer. */
  dump(): string {
    const answers = [...this.answers.values()].map(({ mutation: { fields: _fields, ...rest }, result }) => ({
      ...rest,
      result,
    }));
    const blobs = this.blobs.flatMap(({ bytes, ...blob }) => [JSON.stringify(blob), bytes.toString('utf8')]);
    return [
      ...[...this.rows.values()].map((row) => JSON.stringify(row)),
      ...[...this.appliedOps].map((op) => JSON.stringify(op)),
      ...answers.map((answer) => JSON.stringify(answer)),
      ...blobs,
    ].join('\n');
  }
}
