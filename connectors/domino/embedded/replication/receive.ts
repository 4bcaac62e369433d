import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { hasAccess, mayCreate, type NotesIdentity } from '../engine/identity.ts';
import { sequencesOf } from '../engine/item-sequences.ts';
import { foldedForm } from '../engine/note-form.ts';
import { foldText } from '../dql/fold-text.ts';
import type { NoteRow, StubRow } from '../engine/note-store.ts';
import { headOf } from '../engine/note-store.ts';
import type { Originator } from '../engine/originator.ts';
import { dropFromTrash, trashVersion } from '../engine/soft-deletion.ts';
import { conflictAction, keepAsConflict } from './conflict-note.ts';
import { mergeVersions, type Version } from './merge-notes.ts';
import { DAY_MS } from './purge.ts';
import { compareVersions, relationOf } from './version-order.ts';

/** What became of one note or stub that came. */
export type Arrival =
  | 'added'
  | 'updated'
  | 'deleted'
  | 'merged'
  /** It won, and the version that was here is a conflict note now. */
  | 'conflict'
  /** It won, and the form wants no conflict notes: the version that was here is lost. */
  | 'overwritten'
  /** Nothing newer than what is here, or what is here wins. */
  | 'kept'
  /** The sender's level here does not allow it. */
  | 'refused'
  /** Not selected, before the cutoff, or too old for purge interval replication control. */
  | 'left-out';

/** A database that takes what a sender has, within the sender's rights. The caller holds the transaction. */
export class Receiver {
  readonly #database: EmbeddedDatabase;
  readonly #sender: NotesIdentity;

  constructor(database: EmbeddedDatabase, sender: NotesIdentity) {
    this.#database = database;
    this.#sender = sender;
  }

  note(came: Version): Arrival {
    const { file } = this.#database;
    const row = file.store.find(came.note.unid);
    if (row === null) return this.#add(came);
    const there = versionOf(this.#database, row);
    switch (relationOf(came.note, there.note, file.context.quirks.divergence)) {
      case 'same':
      case 'older':
        return 'kept';
      case 'newer':
        return this.#overwrite(came, row, 'updated');
      case 'diverged':
        return this.#resolve(came, there, row);
    }
  }

  /** No conflict is ever raised against a stub: the higher sequence, then the later time decides [RE6]. */
  stub(came: StubRow): Arrival {
    const { file, settings } = this.#database;
    if (settings.ignoresDeletions) return 'left-out';
    const row = file.store.find(came.unid);
    const known = file.store.findStub(came.unid);
    const there = row ?? known;
    if (
      there !== null &&
      (row === null ? compareVersions(came, there) <= 0 : compareVersions(came, there) < 0)
    ) {
      return 'kept';
    }
    if (!hasAccess(this.#sender, 'editor') || this.#sender.deletes === false) return 'refused';
    if (row !== null) file.store.remove(row.noteId);
    dropFromTrash(file, came.unid);
    const noteId = row?.noteId ?? known?.noteId ?? file.takeNoteId();
    file.store.putStub({ ...came, noteId, deletedAt: file.now() });
    return row === null ? 'kept' : 'deleted';
  }

  #add(came: Version): Arrival {
    const { file, settings } = this.#database;
    const { note } = came;
    const gone: Originator | null = file.store.findStub(note.unid) ?? trashVersion(file, note.unid);
    if (gone !== null && compareVersions(gone, note) >= 0) return 'kept';
    if (this.#leavesOut(came)) return 'left-out';
    const horizon = file.now() - settings.purgeIntervalDays * DAY_MS;
    if (settings.pirc && note.sequenceTime < horizon) return 'left-out';
    if (!mayCreate(this.#sender)) return 'refused';
    const now = file.now();
    dropFromTrash(file, note.unid);
    file.store.removeStub(note.unid);
    const head = { ...headOf(note), noteId: file.takeNoteId(), modifiedInFile: now, addedToFile: now };
    file.store.put(head, came.items, came.sequences);
    return 'added';
  }

  #resolve(came: Version, there: Version, row: NoteRow): Arrival {
    const { file } = this.#database;
    const wins = compareVersions(came.note, there.note) > 0;
    const { merges, creates } = conflictAction((wins ? came : there).items);
    if (merges) {
      const merge = mergeVersions(there, came, file.now());
      if (merge.kind === 'equal') return wins ? this.#overwrite(came, row, 'updated') : 'kept';
      if (merge.kind === 'merged') {
        if (!this.#mayChange()) return 'refused';
        const { version, items, sequences } = merge;
        file.store.put({ ...headOf(row), ...version, modifiedInFile: file.now() }, items, sequences);
        return 'merged';
      }
    }
    // Where the winner is here, the loser is on the other side and is kept there.
    if (!wins) return 'kept';
    const arrival = this.#overwrite(came, row, creates ? 'conflict' : 'overwritten');
    if (arrival === 'conflict') keepAsConflict(file, there, came.note);
    return arrival;
  }

  #overwrite(came: Version, row: NoteRow, arrival: Arrival): Arrival {
    const { file } = this.#database;
    if (this.#leavesOut(came)) return 'left-out';
    if (!this.#mayChange()) return 'refused';
    const { noteId, addedToFile } = row;
    const head = { ...headOf(came.note), noteId, addedToFile, modifiedInFile: file.now() };
    file.store.put(head, came.items, came.sequences);
    return arrival;
  }

  #mayChange(): boolean {
    return hasAccess(this.#sender, 'editor');
  }

  #leavesOut({ note }: Version): boolean {
    const { replicatedForms, cutoff } = this.#database.settings;
    return !isSelected(note.items, replicatedForms) || (cutoff !== null && note.sequenceTime < cutoff);
  }
}

/** Whether a note is of one of the forms; null = all are. */
export function isSelected(items: Version['items'], forms: readonly string[] | null): boolean {
  return forms === null || forms.some((form) => foldText(form) === foldedForm(items));
}

export function versionOf(database: EmbeddedDatabase, row: NoteRow): Version {
  const note = database.file.store.full(row);
  return { note, ...sequencesOf(row, note.items) };
}
