import { sameValue } from '../../../src/sync/canonical.ts';
import type { Fields } from '../../../src/sync/values.ts';
import type { RecordRow } from './record-row.ts';

/** Lays `set` over the fields of a row and marks those that get another value as changed at `version`. */
export function changeFields(
  row: Pick<RecordRow, 'fields' | 'fieldVersions'>,
  set: Fields,
  version: number,
): Pick<RecordRow, 'fields' | 'fieldVersions'> {
  const changed = Object.entries(set).filter(([field, value]) => {
    const old = row.fields[field];
    return old === undefined || !sameValue(old, value);
  });
  return {
    fields: { ...row.fields, ...set },
    fieldVersions: {
      ...row.fieldVersions,
      ...Object.fromEntries(changed.map(([field]) => [field, version])),
    },
  };
}
