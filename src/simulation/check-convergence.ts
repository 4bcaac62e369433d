import type { FieldMapping } from '../sync/mapping.ts';
import { crossing, type Document, documentsOf, isOwnWords } from './documents.ts';
import { elements } from './handbook-clients.ts';
import { isHidden, isOpenlyMarked, valuesOf } from './shown-note.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** [I1] Both sides of every document hold the same, unless a person has to decide about it. */
export function checkConvergence(world: World): void {
  for (const document of documentsOf(world)) {
    checkNote(world, document);
    checkRecord(world, document);
  }
}

/** [I15] What slices can show must have come without any sweep. */
export function checkSlicesAlone(world: World): void {
  if (world.ledger.clockWentBack) return;
  for (const document of documentsOf(world)) {
    const { note, mapping, pair } = document;
    if (note === null || mapping === null || !isOpenlyMarked(note, mapping) || isHidden(note)) continue;
    if (world.ledger.returned.has(note.unid) || awaitsPerson(world, document)) continue;
    // [MC7] What became another document was read as what it had been: the sweep is what finds it.
    if (world.ledger.otherForm.has(note.unid)) continue;
    if (crossing(world, note, mapping) !== 'open') continue;
    if (pair === null) throw new Violation('I15', `the slices never showed note ${note.unid}`);
  }
}

function checkNote(world: World, document: Document): void {
  const { note, record, pair, mapping } = document;
  if (note === null || mapping === null) return;
  const may = crossing(world, note, mapping);
  if (may === 'unclear') return;
  if (may === 'shut') {
    const ownWords = isOwnWords(world, document);
    if (
      record?.state === 'live' &&
      !ownWords &&
      !(isOpenlyMarked(note, mapping) && isHidden(note) && awaitsPerson(world, document))
    )
      throw new Violation('GA5', `record ${record.recordId} is shown, and note ${note.unid} may not cross`);
    return;
  }
  if (awaitsPerson(world, document)) return;
  if (pair === null)
    throw new Violation('I20', `note ${note.unid} is released, and the bridge does not know it`);
  if (record?.state !== 'live')
    throw new Violation(
      'I1',
      `note ${note.unid} is released, and its record is ${record?.state ?? 'not there'} (${pair.status}, ${pair.notesSight}, pending ${pair.pending}, ${pair.blocked})`,
    );
  const open = new Set(
    [...world.store.tables().conflicts.values()]
      .filter((row) => row.pairId === pair.id && row.state === 'open')
      .map((row) => row.field),
  );
  for (const field of mapping.fields) {
    if (open.has(field.field)) continue;
    const [shown, held] = [
      shownAs(valuesOf(note, field.item), field),
      shownAs(elements(record.fields[field.field]), field),
    ];
    if (shown !== held)
      throw new Violation(
        'I1',
        `${field.field} of note ${note.unid} is ${shown} and of its record ${held} (pending ${pair.pending}, ${pair.blocked})`,
      );
  }
}

function checkRecord(world: World, document: Document): void {
  const { note, record, pair } = document;
  if (record?.state !== 'live') return;
  if (pair === null)
    throw new Violation('I1', `record ${record.recordId} is live, and the bridge does not know it`);
  if (note === null && !awaitsPerson(world, document))
    throw new Violation(
      'I1',
      `record ${record.recordId} is live without a note (${pair.status}, ${pair.notesSight}, pending ${pair.pending}, ${pair.blocked})`,
    );
}

function shownAs(values: readonly (string | number)[], field: FieldMapping): string {
  const texts = values.map(String);
  return (field.type === 'set' ? texts.sort() : texts).join(' ');
}

/** Set aside with a reason, buried, or with a question about the whole document. */
function awaitsPerson(world: World, { pair }: Document): boolean {
  if (pair === null) return false;
  const { conflicts, quarantine } = world.store.tables();
  const asked = [...conflicts.values()].some(
    (row) => row.pairId === pair.id && row.state === 'open' && row.kind === 'edit-against-delete',
  );
  const aside = [...quarantine.values()].some((row) => row.pairId === pair.id && row.closedAt === null);
  return pair.status === 'tombstone' || asked || (aside && pair.blocked === 'quarantine');
}
