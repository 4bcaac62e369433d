import { sameValue } from '../../../../src/sync/canonical.ts';
import type { Fields, FieldValue } from '../../../../src/sync/values.ts';
import type { Mutation, MutationRefusal, MutationResult } from '../../members-port.ts';
import { changeFields } from '../change-fields.ts';
import type { RecordRow } from '../record-row.ts';

export interface MutationPlan {
  readonly result: MutationResult;
  /** The record as it is afterwards, where that is another. */
  readonly row?: RecordRow;
  /** Its blobs and stored answers lose their content. */
  readonly erase?: true;
}

/**
 * Three-way at field level: what the member changed goes in, except where the field changed to something else since the version that the member
 * saw. `fields` are checked and canonical; `keyField` is the entity's business key. Pure.
 */
export function planMutation(
  mutation: Mutation,
  fields: Fields,
  keyField: string,
  row: RecordRow | null,
): MutationPlan {
  if (mutation.kind === 'create') return create(mutation, fields, keyField, row);
  if (row === null || row.entity !== mutation.entity) return refuse('no-such-record');
  if (mutation.kind === 'update' && row.state === 'withdrawn') return hold(row, fields);
  if (row.state !== 'live') return refuse('no-such-record');
  if (mutation.baseVersion > row.version) return refuse('base-version-ahead');
  return mutation.kind === 'delete' ? remove(mutation, row) : update(mutation, fields, keyField, row);
}

function create(mutation: Mutation, fields: Fields, keyField: string, row: RecordRow | null): MutationPlan {
  if (row !== null) return refuse('already-exists');
  if (mutation.baseVersion > 0) return refuse('base-version-ahead');
  return applied({
    recordId: mutation.recordId,
    entity: mutation.entity,
    key: keyOf(fields[keyField]),
    state: 'live',
    version: 1,
    ...changeFields({ fields: {}, fieldVersions: {} }, fields, 1),
    held: {},
    bornIn: 'handbook',
  });
}

function update(mutation: Mutation, fields: Fields, keyField: string, row: RecordRow): MutationPlan {
  const differing = Object.entries(fields).filter(([field, value]) => !sameAsIs(row, field, value));
  const clashing = differing.filter(([field]) => changedSince(row, field, mutation.baseVersion));
  const agreed = Object.fromEntries(
    differing.filter(([field]) => !changedSince(row, field, mutation.baseVersion)),
  );
  const version = Object.keys(agreed).length > 0 ? row.version + 1 : row.version;
  const after: RecordRow = {
    ...row,
    ...changeFields(row, agreed, version),
    version,
    key: Object.hasOwn(agreed, keyField) ? keyOf(agreed[keyField]) : row.key,
  };
  return {
    result: clashing.length > 0 ? conflict(row, version, clashing) : { kind: 'applied', version },
    ...(version === row.version ? {} : { row: after }),
  };
}

/** Deleting what others have changed since is a conflict in each of the fields that they changed. */
function remove(mutation: Mutation, row: RecordRow): MutationPlan {
  const changed = Object.keys(row.fields).filter((field) => changedSince(row, field, mutation.baseVersion));
  if (changed.length > 0) {
    return {
      result: conflict(
        row,
        row.version,
        changed.map((field) => [field, null]),
      ),
    };
  }
  return {
    ...applied({
      ...row,
      state: 'deleted',
      version: row.version + 1,
      fields: {},
      fieldVersions: {},
      held: {},
    }),
    erase: true,
  };
}

function hold(row: RecordRow, fields: Fields): MutationPlan {
  return { result: { kind: 'held' }, row: { ...row, held: { ...row.held, ...fields } } };
}

function applied(row: RecordRow): MutationPlan {
  return { result: { kind: 'applied', version: row.version }, row };
}

function refuse(reason: MutationRefusal): MutationPlan {
  return { result: { kind: 'refused', reason } };
}

function conflict(
  row: RecordRow,
  version: number,
  clashing: readonly (readonly [string, FieldValue])[],
): MutationResult {
  const fields = clashing.map(
    ([field, yours]) => [field, { yours, current: row.fields[field] ?? null }] as const,
  );
  return { kind: 'conflict', version, fields: Object.fromEntries(fields) };
}

/** A field that the record does not have is empty to a member. */
function sameAsIs(row: RecordRow, field: string, value: FieldValue): boolean {
  return sameValue(row.fields[field] ?? null, value);
}

function changedSince(row: RecordRow, field: string, version: number): boolean {
  return (row.fieldVersions[field] ?? 0) > version;
}

function keyOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
