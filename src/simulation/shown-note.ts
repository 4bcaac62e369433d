import type { EmbeddedDatabase } from '../../connectors/domino/embedded/engine/embedded-database.ts';
import type { StoredNote } from '../../connectors/domino/embedded/stored-note.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { Shown } from './ledger.ts';

type Values = readonly (string | number)[];

/** Values of an item as a person sees them: none for a missing item and for an empty text. */
export function valuesOf(note: StoredNote, item: string): Values {
  const found = note.items.find((one) => one.name.toLowerCase() === item.toLowerCase());
  if (found === undefined) return [];
  const { value } = found;
  if (value.type !== 'text' && value.type !== 'number') return [];
  return (value.values as Values).filter((one) => one !== '');
}

export function firstOf(note: StoredNote, item: string): Shown {
  return valuesOf(note, item)[0] ?? null;
}

/** A person's reading of the marks, written down apart from the gate's. */
export function isOpenlyMarked(note: StoredNote, mapping: Mapping): boolean {
  const form = valuesOf(note, 'Form');
  const level = valuesOf(note, 'DoMat');
  const mark = valuesOf(note, 'ChoPhepChuyen');
  return (
    form.length === 1 &&
    form[0] === mapping.form &&
    level.length === 1 &&
    level[0] === 'Thuong' &&
    mark.length === 1 &&
    mark[0] === '1'
  );
}

/** Names in a Readers item shut out everybody else, the bridge among them. */
export function isHidden(note: StoredNote): boolean {
  return note.items.some(
    (item) =>
      item.flags.readers === true && item.value.type === 'text' && item.value.values.some((v) => v !== ''),
  );
}

/** What a save may not touch: every item but those named and Domino's own books. */
export function printWithout(note: StoredNote, items: readonly string[]): string {
  const skipped = new Set([...items.map((item) => item.toLowerCase()), '$updatedby', '$revisions']);
  return JSON.stringify(note.items.filter((item) => !skipped.has(item.name.toLowerCase())));
}

const read = new WeakMap<
  EmbeddedDatabase,
  { readonly version: number; readonly notes: readonly StoredNote[] }
>();

/** Every note of the file; read again only when something was written. */
export function allNotes(file: EmbeddedDatabase): readonly StoredNote[] {
  const known = read.get(file);
  if (known?.version === file.version) return known.notes;
  const notes = [...file.notes()];
  read.set(file, { version: file.version, notes });
  return notes;
}
