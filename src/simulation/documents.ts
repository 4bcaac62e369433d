import type { RecordRow } from '../../connectors/handbook/postgres/record-row.ts';
import type { StoredNote } from '../../connectors/domino/embedded/stored-note.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { Pair } from '../sync/pair.ts';
import { allNotes, firstOf, isHidden, isOpenlyMarked } from './shown-note.ts';
import { elements } from './handbook-clients.ts';
import { CHILD_FORM, PARENT_FORM } from './sim-mappings.ts';
import type { World } from './world.ts';

/** One document as both sides hold it in the end. */
export interface Document {
  readonly note: StoredNote | null;
  readonly record: RecordRow | null;
  readonly pair: Pair | null;
  readonly mapping: Mapping | null;
}

/** Every note and every record, joined by the bridge's own bond. */
export function documentsOf(world: World): readonly Document[] {
  const pairs = [...world.store.tables().pairs.values()];
  const notes = new Map(allNotes(world.file).map((note) => [note.unid, note]));
  const records = new Map(world.records.rows);
  const documents: Document[] = [];
  for (const pair of pairs) {
    const note = pair.unid === null ? null : (notes.get(pair.unid) ?? null);
    const record = records.get(pair.recordId) ?? null;
    if (pair.unid !== null) notes.delete(pair.unid);
    records.delete(pair.recordId);
    documents.push({
      note,
      record,
      pair,
      mapping: world.mappings.find((one) => one.form === pair.form) ?? null,
    });
  }
  for (const note of notes.values())
    documents.push({
      note,
      record: null,
      pair: null,
      mapping: world.mappings.find((one) => one.form === firstOf(note, 'Form')) ?? null,
    });
  for (const record of records.values())
    documents.push({
      note: null,
      record,
      pair: null,
      mapping: world.mappings.find((one) => one.entity === record.entity) ?? null,
    });
  return documents;
}

/** A record that a member made and that holds nothing but what members wrote: nothing of the note has crossed. */
export function isOwnWords(world: World, { pair, record }: Document): boolean {
  if (pair?.bornIn !== 'handbook' || record === null) return false;
  const own = new Set(
    world.ledger.writes
      .filter((one) => one.side === 'handbook' && one.doc === record.recordId)
      .map((one) => String(one.value)),
  );
  return Object.values(record.fields).every((value) => elements(value).every((one) => own.has(one)));
}

/**
 * Whether members may see this note: a person opened and marked it, nobody is shut out, and its parent is open, too. `unclear`: the parent's release stands,
 * and its own record is in a person's hands.
 */
export function crossing(world: World, note: StoredNote, mapping: Mapping): 'open' | 'shut' | 'unclear' {
  if (!isOpenlyMarked(note, mapping) || isHidden(note)) return 'shut';
  if (mapping.form !== CHILD_FORM) return 'open';
  const code = firstOf(note, 'MaToChuc');
  const parent = world.mappings.find((one) => one.form === PARENT_FORM) as Mapping;
  const parents = documentsOf(world).filter(
    (one) =>
      one.note !== null &&
      firstOf(one.note, 'Ma') === code &&
      one.pair?.status === 'live' &&
      isOpenlyMarked(one.note, parent) &&
      !isHidden(one.note),
  );
  if (parents.length === 0) return 'shut';
  return parents.some((one) => one.record?.state === 'live') ? 'open' : 'unclear';
}
