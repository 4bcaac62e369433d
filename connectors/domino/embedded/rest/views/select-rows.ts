import { badRequest } from '../rest-error.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import type { KeepView } from '../schema/rest-schema.ts';
import { columnName, compareKeys, type Key, type ViewRow } from './view-rows.ts';

/** What of a view is asked for; names as in HCL's specification. */
export interface RowSelection {
  /** -1 = all. */
  readonly count: number;
  readonly start: number;
  readonly scope?: 'all' | 'categories' | 'documents' | undefined;
  readonly key: readonly string[];
  readonly keyAllowPartial: boolean;
  readonly category: readonly string[];
  readonly startKey?: string | undefined;
  readonly untilKey?: string | undefined;
  readonly keyType: 'text' | 'number' | 'time';
  readonly startsWith?: string | undefined;
  readonly column?: string | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
  readonly distinctDocuments: boolean;
}

const MISLIMITED = 500;

/** The rows that the caller gets: without those that Readers hide, which still count for `start`. Throws 400 for a key that is none. */
export function selectRows(
  rows: readonly ViewRow[],
  view: KeepView,
  selection: RowSelection,
  { categorizedKey }: Pick<RestQuirks, 'categorizedKey'>,
): readonly ViewRow[] {
  const isCategorized = view.columns.some(({ categorized }) => categorized);
  const inScope = resorted(rows, view, selection).filter(({ note }) => {
    if (selection.scope === 'categories') return note === null;
    return selection.scope === 'documents' ? note !== null : true;
  });
  const matching = inScope.filter((row) => matches(row, view, selection));
  const hasBug = isCategorized && selection.key.length > 0 && selection.scope !== 'all';
  const limited = hasBug && categorizedKey === 'cut-at-500' ? matching.slice(0, MISLIMITED) : matching;
  const end = selection.count < 0 ? undefined : selection.start + selection.count;
  return limited.slice(selection.start, end).filter(({ isReadable }) => isReadable);
}

function resorted(
  rows: readonly ViewRow[],
  view: KeepView,
  { column, direction }: RowSelection,
): readonly ViewRow[] {
  if (column === undefined) return direction === 'desc' ? [...rows].reverse() : rows;
  if (!view.columns.some((one) => columnName(one) === column)) {
    throw badRequest(`View ${view.name} has no column ${column}`);
  }
  const sign = direction === 'desc' ? -1 : 1;
  return rows
    .filter(({ note }) => note !== null)
    .map((row) => ({ ...row, key: first(row.columns[column]) }))
    .sort((one, other) => sign * compareKeys(one.key, other.key));
}

function first(value: ViewRow['columns'][string] | undefined): Key | null {
  return (Array.isArray(value) ? (value[0] as Key | undefined) : (value as Key | undefined)) ?? null;
}

function matches(row: ViewRow, view: KeepView, selection: RowSelection): boolean {
  const { key, keyAllowPartial, category, startKey, untilKey, keyType, startsWith } = selection;
  const own = row.key;
  const text = String(own ?? '').toLowerCase();
  if (key.length > 0 && !sameKeys(row, view, key, keyAllowPartial)) return false;
  if (category.length > 0 && !category.some((one) => one.toLowerCase() === text)) return false;
  if (startsWith !== undefined && !text.startsWith(startsWith.toLowerCase())) return false;
  if (startKey !== undefined && compareKeys(own, typed(startKey, keyType)) < 0) return false;
  return untilKey === undefined || compareKeys(own, typed(untilKey, keyType)) <= 0;
}

/** Keys meet the sorted columns in their order. */
function sameKeys(row: ViewRow, view: KeepView, keys: readonly string[], isPartial: boolean): boolean {
  const sorted = view.columns.filter((column) => column.sorted !== undefined || column.categorized);
  return keys.every((wanted, at) => {
    const column = sorted[at];
    const text = String(
      column === undefined ? '' : (first(row.columns[columnName(column)]) ?? ''),
    ).toLowerCase();
    return isPartial ? text.startsWith(wanted.toLowerCase()) : text === wanted.toLowerCase();
  });
}

function typed(key: string, type: RowSelection['keyType']): Key {
  if (type === 'text') return key;
  const value = type === 'number' ? Number(key) : Date.parse(key);
  if (Number.isNaN(value)) throw badRequest(`"${key}" is no key of type ${type}`);
  return type === 'number' ? value : `${new Date(value).toISOString().slice(0, 22)}Z`;
}
