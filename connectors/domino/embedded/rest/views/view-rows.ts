import { findItem } from '../../engine/item-lookup.ts';
import { formatInstant } from '../../engine/notes-date-time.ts';
import { mayRead, type NotesIdentity } from '../../engine/identity.ts';
import type { StoredNote } from '../../stored-note.ts';
import { compileFormula, holds } from '../../formula/evaluate-formula.ts';
import { type FormulaValue, itemValue } from '../../formula/formula-value.ts';
import type { KeepView } from '../schema/rest-schema.ts';

/** A row of a view: a document, or a category over documents. */
export interface ViewRow {
  /** Position in the view: `1`, `1.2`. */
  readonly index: string;
  /** Null for a category. */
  readonly note: StoredNote | null;
  /** Values by column, of columns that have one. */
  readonly columns: Readonly<Record<string, Json>>;
  /** The values of the sorted column, for keys. */
  readonly key: Key | null;
  readonly isReadable: boolean;
}

type Json = string | number | readonly (string | number)[];
export type Key = string | number;

type Column = KeepView['columns'][number];

/**
 * All rows of a view in its order, for the caller: what Readers hide keeps its place and shows nothing. Computed anew each time: the embedded Domino has no
 * view index. Documents come in the order of the sorted column, then of their note IDs.
 */
export function viewRows(
  view: KeepView,
  notes: Iterable<StoredNote>,
  identity: NotesIdentity,
): readonly ViewRow[] {
  const sorted = view.columns.find((column) => column.sorted !== undefined || column.categorized);
  const documents = [...notes]
    .filter((note) => holds(view.selectionFormula, { note, identity }))
    .map((note) => ({
      note,
      isReadable: mayRead(note.items, identity),
      columns: columnsOf(view, note, identity),
      key: sorted === undefined ? null : keyOf(columnValue(sorted, note, identity)),
    }));
  const sign = sorted?.sorted === 'desc' ? -1 : 1;
  documents.sort(
    (one, other) => sign * compareKeys(one.key, other.key) || one.note.noteId - other.note.noteId,
  );
  const category = view.columns.find(({ categorized }) => categorized);
  if (category === undefined) return documents.map((row, at) => ({ ...row, index: String(at + 1) }));
  return categorized(documents, columnName(category));
}

export function compareKeys(one: Key | null, other: Key | null): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [left, right] = [String(one ?? '').toLowerCase(), String(other ?? '').toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function columnName({ externalName, name }: Column): string {
  return externalName ?? name;
}

/** Items that a view's columns show, as far as they are named there. */
export function viewItems(view: KeepView): readonly string[] {
  return view.columns.flatMap(({ name, formula }) => (formula === '' ? [name] : (formula.match(ITEM) ?? [])));
}

const ITEM = /(?<![@\p{L}\p{N}_"])[\p{L}_][\p{L}\p{N}_]*(?!["\p{L}\p{N}_])/gu;

function categorized(rows: readonly Omit<ViewRow, 'index'>[], name: string): readonly ViewRow[] {
  const result: ViewRow[] = [];
  let category = 0;
  let within = 0;
  let open: string | null = null;
  for (const row of rows) {
    const title = String(row.columns[name] ?? '');
    if (title !== open) {
      category += 1;
      within = 0;
      open = title;
      // The title of a category is content of its documents.
      const isReadable = rows.some(
        (other) => other.isReadable && String(other.columns[name] ?? '') === title,
      );
      result.push({
        index: String(category),
        note: null,
        columns: { [name]: title },
        key: title,
        isReadable,
      });
    }
    within += 1;
    result.push({ ...row, index: `${category}.${within}` });
  }
  return result;
}

function columnsOf(view: KeepView, note: StoredNote, identity: NotesIdentity): Record<string, Json> {
  const entries = view.columns.flatMap((column) => {
    const value = columnValue(column, note, identity);
    return value === null ? [] : [[columnName(column), value] as const];
  });
  // HCL: metadata first, then all fields in alphabetical order.
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function columnValue({ name, formula }: Column, note: StoredNote, identity: NotesIdentity): Json | null {
  if (formula === '') {
    const item = findItem(note.items, name);
    return item === undefined ? null : jsonOf(itemValue(item));
  }
  return jsonOf(compileFormula(formula)({ note, identity }));
}

function jsonOf({ type, values }: FormulaValue): Json {
  const shown = type === 'time' ? values.map(formatInstant) : values;
  const [first] = shown;
  return shown.length === 1 && first !== undefined ? first : shown;
}

function keyOf(value: Json | null): Key | null {
  return Array.isArray(value) ? ((value[0] as Key | undefined) ?? null) : (value as Key | null);
}
