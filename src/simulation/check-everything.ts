import { verifyJournal } from '../../connectors/postgres/store/journal-chain.ts';
import { checkConvergence } from './check-convergence.ts';
import { checkLostUpdates, checkRemovals } from './check-lost-updates.ts';
import { documentsOf, isOwnWords } from './documents.ts';
import { isThroughRest } from './open-way.ts';
import { isHidden, isOpenlyMarked, valuesOf } from './shown-note.ts';
import { Violation } from './violation.ts';
import { LINK_ID, type World } from './world.ts';

/** Every promise, after the noise. */
export async function checkEverything(world: World): Promise<void> {
  checkConvergence(world);
  checkLostUpdates(world);
  checkRemovals(world);
  checkDuplicates(world);
  checkCanaries(world);
  checkDeletions(world);
  checkBrake(world);
  checkLeftOvers(world);
  const verdict = verifyJournal(world.store.tables().journal.get(LINK_ID) ?? []);
  if (!verdict.intact)
    throw new Violation('I5', `the journal is broken at ${verdict.broken.sequence}: ${verdict.broken.fault}`);
}

/** [I11] One note, one record; a business key belongs to one record that is shown. */
function checkDuplicates(world: World): void {
  const unids = new Set<string>();
  for (const { unid } of world.store.tables().pairs.values()) {
    if (unid === null) continue;
    if (unids.has(unid)) throw new Violation('I11', `note ${unid} has two pairs`);
    unids.add(unid);
  }
  const keys = new Set<string>();
  for (const row of world.records.rows.values()) {
    if (row.state !== 'live' || row.key === null) continue;
    const key = `${row.entity} ${row.key}`;
    if (keys.has(key)) throw new Violation('I11', `two records hold ${key}`);
    keys.add(key);
  }
}

/** [GA5] Nothing that stands in a withheld note alone is left anywhere outside Notes. */
function checkCanaries(world: World): void {
  const documents = documentsOf(world);
  // A member's own words are theirs, whatever becomes of the note that they were written into.
  const open = new Set(
    world.ledger.writes.filter((one) => one.side === 'handbook').map((one) => String(one.value)),
  );
  const closed = new Map<string, string>();
  for (const document of documents) {
    const { note, mapping } = document;
    if (note === null || mapping === null) continue;
    // What Readers hide from the bridge it cannot judge; it keeps what it had and shows nothing of it ([PL10]).
    // HCL's REST API says of a note whose form is not in the schema what it says of a hidden one.
    const unseen = isHidden(note) || (isThroughRest(world.way) && world.ledger.otherForm.has(note.unid));
    const marked = isOpenlyMarked(note, mapping) || unseen;
    const ownWords = isOwnWords(world, document);
    for (const item of [...mapping.fields.map((field) => field.item), 'GhiChuRieng', 'DauAgent'])
      for (const value of valuesOf(note, item)) {
        const text = String(value);
        const unmapped = item === 'GhiChuRieng' || item === 'DauAgent';
        if ((marked || ownWords) && !unmapped) open.add(text);
        else if (text.startsWith('Z') && isItsOwn(world, note.unid, text)) closed.set(text, note.unid);
      }
  }
  const held = [...world.records.rows.values()].flatMap((row) => JSON.stringify(row.held));
  const outside = [
    JSON.stringify([...world.records.rows.values()].map(({ held: _held, ...row }) => row)),
    world.records.dump().replaceAll(/"held":\{[^}]*\}/g, ''),
    ...world.logged,
  ];
  const tables = world.store.tables();
  const inside = JSON.stringify([
    [...tables.pairs.values()],
    [...tables.intents.values()],
    [...tables.conflicts.values()],
    [...tables.quarantine.values()],
    [...tables.tombstones.values()],
    [...tables.previews.values()],
    [...tables.journal.values()],
  ]);
  const everything = [...outside, inside].join('\n');
  for (const [text, unid] of closed)
    if (!open.has(text) && everything.includes(text) && !held.some((one) => one.includes(text)))
      throw new Violation(
        'GA5',
        `${text} of withheld note ${unid} is left outside Notes: ${around(everything, text)}`,
      );
}

/** A copy says what its original says, and the other way round; only what was written into it afterwards is its own. */
function isItsOwn(world: World, unid: string, text: string): boolean {
  if (world.ledger.copiedTexts.has(text)) return false;
  return (
    !world.ledger.copies.has(unid) ||
    world.ledger.writes.some((one) => one.doc === unid && one.value === text)
  );
}

function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 160), at + 60);
}

/** [I8] What was deleted stays deleted, unless a person edited what the one who deleted had not seen. */
function checkDeletions(world: World): void {
  for (const { note, record, pair } of documentsOf(world)) {
    if (pair === null || record === null) continue;
    const inNotes = world.ledger.deletedBy('notes', pair.unid ?? '');
    if (pair.status === 'tombstone' && record.state === 'live')
      throw new Violation('I8', `record ${record.recordId} lives under a tombstone`);
    if (inNotes && note === null && record.state === 'live')
      throw new Violation('I8', `record ${record.recordId} lives, and its note was deleted`);
    const byMember = world.ledger.deletedBy('handbook', record.recordId);
    if (
      !byMember ||
      record.state !== 'live' ||
      world.mappings.find((one) => one.form === pair.form)?.handbookDelete === 'refuse'
    )
      continue;
    // [AD4] A note may have taken over the record since.
    const notes = new Set(
      [...world.ledger.bonds].flatMap(([unid, ids]) => (ids.has(record.recordId) ? [unid] : [])),
    );
    const newer =
      world.ledger.writes.some(
        (one) => one.side === 'notes' && notes.has(one.doc) && !byMember.saw.has(one.value),
      ) || world.ledger.removals.some((one) => one.side === 'notes' && notes.has(one.doc));
    // A release that was lost while the deletion waited took the base along ([PL13]): the return is told.
    const told = [...world.store.tables().conflicts.values()].some(
      (row) => row.pairId === pair.id && row.kind === 'edit-against-delete',
    );
    if (!newer && !told)
      throw new Violation('I8', `record ${record.recordId} lives again, and nobody edited its note`);
  }
}

/** [I10] Without a person's word no more is deleted in a day than the brake allows, whoever died in between. */
function checkBrake(world: World): void {
  const { floor, share } = world.link.limits.deletes;
  if (share > 0 || world.ledger.releases.length > 0) return;
  const day = 24 * 3600 * 1000;
  const deletes = [...world.ledger.bridgeDeletes.values()];
  for (const at of deletes) {
    const within = deletes.filter((one) => one >= at && one < at + day).length;
    if (within > floor) throw new Violation('I10', `${within} deletions in a day, ${floor} are allowed`);
  }
}

/** Nothing waits that could go on. */
function checkLeftOvers(world: World): void {
  const { pairs, intents } = world.store.tables();
  for (const pair of pairs.values())
    if (pair.pending && pair.blocked === null)
      throw new Violation(
        'I1',
        `pair ${pair.id} is still to be looked at (${pair.status}, ${pair.notesSight})`,
      );
  for (const intent of intents.values())
    if (pairs.get(intent.pairId)?.blocked === null)
      throw new Violation('I5', `intent ${intent.opId} (${intent.side} ${intent.kind}) is never closed`);
}
