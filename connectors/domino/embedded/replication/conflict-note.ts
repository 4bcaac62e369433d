import type { DatabaseFile } from '../engine/database-file.ts';
import { textValues } from '../engine/item-lookup.ts';
import { firstOriginator } from '../engine/originator.ts';
import { mintUnid } from '../engine/unid.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import type { Version } from './merge-notes.ts';

/** What a form, or whoever wrote the item, asks for; nothing asked = conflict documents. */
export interface ConflictAction {
  readonly merges: boolean;
  readonly creates: boolean;
}

/** `1` merge, `2` no conflict documents, `3` merge and no conflict documents. */
export function conflictAction(items: readonly StoredItem[]): ConflictAction {
  const [asked = ''] = textValues(items, '$ConflictAction');
  return { merges: asked === '1' || asked === '3', creates: asked !== '2' && asked !== '3' };
}

/** Keeps a version that gave way as a response of the one that stays: everything it held, under a UNID and an originator ID of its own. The caller holds the transaction. */
export function keepAsConflict(file: DatabaseFile, loser: Version, winner: Pick<StoredNote, 'unid'>): string {
  const now = file.now();
  const unid = mintUnid(now, file.context.random);
  file.store.put(
    {
      ...firstOriginator(now),
      noteId: file.takeNoteId(),
      unid,
      created: now,
      modifiedInFile: now,
      addedToFile: now,
      parent: winner.unid,
      conflict: true,
    },
    loser.items,
    null,
  );
  return unid;
}
