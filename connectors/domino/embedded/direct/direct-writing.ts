import type { Items, Token, Unid } from '../../../../src/sync/note.ts';
import { sameToken } from '../../../../src/sync/token.ts';
import { type AttachOutcome, DominoError, type WriteOutcome } from '../../port.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { mayCreate, mayDelete, mayEdit, type NotesIdentity } from '../engine/identity.ts';
import { fileItem } from '../engine/item-builders.ts';
import { withItems, withoutItems } from '../engine/item-lookup.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import { tokenOf } from './direct-reading.ts';
import { storedItems } from './port-items.ts';

export type ItemChanges = Readonly<Record<string, Items[string] | null>>;

export function createNote(
  database: EmbeddedDatabase,
  identity: NotesIdentity,
  items: Items,
  parent: Unid | undefined,
): { readonly unid: Unid } {
  if (!mayCreate(identity)) {
    throw new DominoError(
      'not-authorized',
      `${identity.name} may not create notes in "${database.filePath}"`,
    );
  }
  const { unid } = database.create(storedItems(items), {
    by: identity.name,
    ...(parent === undefined ? {} : { parent }),
  });
  return { unid };
}

/** The engine is synchronous: nobody saves between the comparison and the write. */
export function writeItems(
  database: EmbeddedDatabase,
  identity: NotesIdentity,
  unid: Unid,
  changes: ItemChanges,
  expected: Token | null,
): WriteOutcome {
  const entries = Object.entries(changes);
  const gone = entries.filter(([, item]) => item === null).map(([name]) => name);
  const kept = storedItems(
    Object.fromEntries(entries.filter((entry): entry is [string, Items[string]] => entry[1] !== null)),
  );
  const found = inState(database, unid, expected);
  if ('kind' in found) return found;
  if (!mayEdit(found.items, identity)) throw refused(identity, 'edit', unid);
  if (entries.length === 0) return { kind: 'written' };
  database.save(unid, (items) => withItems(withoutItems(items, gone), kept), { by: identity.name });
  return { kind: 'written' };
}

export function removeNote(
  database: EmbeddedDatabase,
  identity: NotesIdentity,
  unid: Unid,
  expected: Token | null,
): WriteOutcome {
  const found = inState(database, unid, expected);
  if ('kind' in found) return found;
  if (!mayDelete(found.items, identity)) throw refused(identity, 'delete', unid);
  database.delete(unid);
  return { kind: 'written' };
}

/** Like a Notes client, it keeps a file of the same name beside the new one. */
export function addFile(
  database: EmbeddedDatabase,
  identity: NotesIdentity,
  unid: Unid,
  file: { readonly name: string; readonly bytes: Uint8Array },
): AttachOutcome {
  const changed = changeFiles(database, identity, unid, (items) => [
    ...items,
    fileItem(file.name, file.bytes, dateTimeOf(database.now())),
  ]);
  return changed.kind === 'written' ? { kind: 'written', name: file.name } : { kind: 'missing' };
}

export function dropFile(
  database: EmbeddedDatabase,
  identity: NotesIdentity,
  unid: Unid,
  name: string,
): WriteOutcome {
  return changeFiles(database, identity, unid, (items) =>
    items.filter(({ value }) => value.type !== 'file' || value.file.name !== name),
  );
}

function changeFiles(
  database: EmbeddedDatabase,
  identity: NotesIdentity,
  unid: Unid,
  change: (items: readonly StoredItem[]) => readonly StoredItem[],
): WriteOutcome {
  const note = database.readBare(unid);
  if (note === null) return { kind: 'missing' };
  if (!mayEdit(note.items, identity)) throw refused(identity, 'edit', unid);
  database.save(unid, change, { by: identity.name });
  return { kind: 'written' };
}

/** The note in the state that `expected` names, or what to answer instead. Throws `bad-request` for a token of another way in. */
function inState(database: EmbeddedDatabase, unid: Unid, expected: Token | null): StoredNote | WriteOutcome {
  if (expected !== null && expected.kind !== 'oid') {
    throw new DominoError(
      'bad-request',
      `Cannot write note ${unid}: a token of kind "${expected.kind}" is not ours`,
    );
  }
  const note = database.readBare(unid);
  if (note === null) return { kind: 'missing' };
  return expected === null || sameToken(tokenOf(note), expected) ? note : { kind: 'stale' };
}

function refused(identity: NotesIdentity, verb: string, unid: Unid): DominoError {
  return new DominoError('not-authorized', `${identity.name} may not ${verb} note ${unid}`);
}
