import { ACCEPTED_LOSS } from './coverage-tables.ts';
import { elements } from './handbook-clients.ts';
import { type Document, documentsOf } from './documents.ts';
import type { UserWrite } from './ledger.ts';
import { valuesOf } from './shown-note.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** [I7] Every value that a person wrote is there, was replaced by somebody who saw it, or is kept where a person finds it. */
export function checkLostUpdates(world: World): void {
  const documents = documentsOf(world);
  for (const write of world.ledger.writes) {
    if (write.value === null || write.told || isAccounted(world, documents, write)) continue;
    if (isDocumentedRace(world, documents, write)) {
      world.ledger.documentedLosses += 1;
      world.coverage.hit(world.unguarded ? ACCEPTED_LOSS : 'loss within one stamp of a guarded write');
      continue;
    }
    throw new Violation(
      'I7',
      `${write.side} value ${write.value} of ${write.field} (${write.doc}, step ${write.step}) is nowhere`,
    );
  }
}

/** [ME6] What a person took out of a set is not put back: only a release that was lost in between makes nobody able to tell. */
export function checkRemovals(world: World): void {
  const rows = [...world.store.tables().journal.values()].flat();
  for (const document of documentsOf(world)) {
    const { pair, note, record, mapping } = document;
    if (pair?.status !== 'live' || note === null || record?.state !== 'live' || mapping === null) continue;
    if (
      world.ledger.withdrawn.has(record.recordId) ||
      rows.some(
        (row) =>
          row.pairId === pair.id &&
          row.event !== 'create-record' &&
          row.rule !== 'PL2' &&
          row.rule !== 'PL3' &&
          row.rule !== 'PL4',
      )
    )
      continue;
    for (const removal of world.ledger.removals) {
      if (removal.told || removal.sealed || (removal.doc !== note.unid && removal.doc !== record.recordId))
        continue;
      if (!elements(record.fields[removal.field]).includes(String(removal.value))) continue;
      if (removal.unseen) world.coverage.hit('documented return of an element that was not seen');
      else
        throw new Violation(
          'ME6',
          `${removal.value} was taken out of ${removal.field} of note ${note.unid} and is there again`,
        );
    }
  }
}

function isAccounted(world: World, documents: readonly Document[], write: UserWrite): boolean {
  const { ledger } = world;
  if (ledger.kept.includes(quoted(write.value))) return true;
  const document = documents.find(
    (one) =>
      (write.side === 'notes' ? (one.note?.unid ?? one.pair?.unid) : one.record?.recordId) === write.doc,
  );
  // [AD1] From before the bridge, in an item that Notes owns: a withdrawal takes it along.
  const owned = document?.mapping?.fields.find(({ field }) => field === write.field)?.direction === 'pull';
  if (write.side === 'handbook' && owned && ledger.withdrawn.has(write.doc)) return true;
  const kin = kinOf(world, [write.doc, document?.pair?.unid, document?.record?.recordId]);
  const sameDocument = (doc: string) => kin.has(doc);
  if (document && stands(document, write)) return true;
  if (documents.some((one) => isKin(one, kin) && stands(one, write))) return true;
  const later = write.element
    ? ledger.removals.some(
        (one) => sameDocument(one.doc) && one.field === write.field && one.value === write.value,
      )
    : ledger.writes.some(
        (one) =>
          one !== write &&
          sameDocument(one.doc) &&
          one.field === write.field &&
          one.saw === write.value &&
          !(one.told && one.side === 'handbook'),
      );
  if (later) return true;
  // Of what is sealed one after the other the last one stands: nobody could see the earlier ones.
  const at = ledger.writes.indexOf(write);
  if (
    write.side === 'handbook' &&
    ledger.writes.some(
      (one, index) => index > at && one.sealed && one.doc === write.doc && one.field === write.field,
    )
  )
    return true;
  if (ledger.deletes.some((one) => sameDocument(one.doc) && one.saw.has(write.value))) return true;
  // What a note's later form does not show nobody who deletes can see; the deletion takes the note whole.
  if (ledger.otherForm.has(write.doc) && ledger.deletes.some((one) => sameDocument(one.doc))) return true;
  if (documents.some((one) => one !== document && stands(one, write) && isCopy(world, one))) return true;
  return false;
}

/** Every note and record that was ever one document with these. */
function kinOf(world: World, ids: readonly (string | null | undefined)[]): ReadonlySet<string> {
  const kin = new Set(ids.filter((id) => typeof id === 'string'));
  for (let size = -1; size !== kin.size; ) {
    size = kin.size;
    for (const [unid, records] of world.ledger.bonds)
      if (kin.has(unid) || [...records].some((id) => kin.has(id)))
        for (const id of [unid, ...records]) kin.add(id);
  }
  return kin;
}

function isKin({ note, record }: Document, kin: ReadonlySet<string>): boolean {
  return (note !== null && kin.has(note.unid)) || (record !== null && kin.has(record.recordId));
}

function isCopy(world: World, document: Document): boolean {
  return document.note !== null && world.ledger.copies.has(document.note.unid);
}

function stands({ note, record }: Document, write: UserWrite): boolean {
  const wanted = String(write.value);
  const shown =
    note !== null && note.items.some((item) => valuesOf(note, item.name).map(String).includes(wanted));
  return (
    shown ||
    elements(record?.fields[write.field]).includes(wanted) ||
    elements(record?.held[write.field]).includes(wanted)
  );
}

/** A save of the same item between the bridge's look and its write, on a way in that cannot write conditionally: the one loss that the mapping accepts. */
function isDocumentedRace(world: World, documents: readonly Document[], write: UserWrite): boolean {
  if (world.database.capabilities.conditionalWrite || write.side !== 'notes') return false;
  const mapping = documents.find((one) => (one.note?.unid ?? one.pair?.unid) === write.doc)?.mapping;
  const item = mapping?.fields.find((field) => field.field === write.field)?.item;
  return world.ledger.bridgeWrites.some(
    (one) =>
      one.unid === write.doc &&
      one.lookedAt <= write.step &&
      write.step <= one.step &&
      (one.kind === 'delete' || (item !== undefined && one.items.includes(item))),
  );
}

function quoted(value: UserWrite['value']): string {
  return typeof value === 'number' ? String(value) : `${value}`;
}
