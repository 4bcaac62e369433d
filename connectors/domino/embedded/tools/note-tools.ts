import type { Items } from '../../../../src/sync/note.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { EngineError } from '../engine/engine-error.ts';
import { namesItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { NotesUser } from '../engine/notes-user.ts';
import type { Originator } from '../engine/originator.ts';
import type { StoredItem } from '../stored-note.ts';
import type { SavedNote } from '../administration-port.ts';
import type { DeletedNote } from '../tools-port.ts';
import { typedItems } from './typed-items.ts';

/** Item that `setReaders` writes; other items with the readers flag go, since any of them would let its names in. */
const READERS_ITEM = 'DocReaders';

type Change = (items: readonly StoredItem[]) => readonly StoredItem[];

/** Notes of one database, changed under the name of a person with editor access, or of the server, which nothing is hidden from. */
export class NoteTools {
  readonly #database: EmbeddedDatabase;
  readonly #user: NotesUser | null;
  readonly #by: string;

  constructor(domino: EmbeddedDomino, database: string, as: string | null) {
    this.#database = domino.openDatabase(database);
    this.#user = as === null ? null : new NotesUser(this.#database, { name: as });
    this.#by = as ?? domino.name;
  }

  create(items: Items): SavedNote {
    const stored = typedItems(items, []);
    if (this.#user === null) return this.#saved(this.#database.create(stored, { by: this.#by }).unid);
    return this.#saved(this.#user.create(Object.fromEntries(stored.map((item) => [item.name, item]))));
  }

  edit(unid: string, items: Items): SavedNote {
    return this.#save(unid, (before) => withItems(before, typedItems(items, before)));
  }

  setReaders(unid: string, readers: readonly string[]): SavedNote {
    return this.#save(unid, (before) =>
      withItems(
        before.filter(
          ({ name, flags }) => flags.readers !== true || name.toLowerCase() === READERS_ITEM.toLowerCase(),
        ),
        [namesItem(READERS_ITEM, readers, 'readers')],
      ),
    );
  }

  delete(unid: string): DeletedNote {
    const stub = this.#user === null ? this.#database.delete(unid) : this.#user.delete(unid);
    const { filePath } = this.#database;
    return { database: filePath, unid: stub.unid, deletedAt: formatInstant(stub.deletedAt), by: this.#by };
  }

  #save(unid: string, change: Change): SavedNote {
    const saved: Originator =
      this.#user === null
        ? this.#database.save(unid, change, { by: this.#by })
        : this.#database.saveAs(this.#user.identity, unid, change);
    return this.#answer(unid, saved);
  }

  #saved(unid: string): SavedNote {
    const note = this.#database.readBare(unid);
    if (note === null) throw new EngineError('not-found', `note ${unid} is gone again`);
    return this.#answer(unid, note);
  }

  #answer(unid: string, { sequence, sequenceTime }: Originator): SavedNote {
    return {
      database: this.#database.filePath,
      unid: unid.toUpperCase(),
      sequence,
      modified: formatInstant(sequenceTime),
      by: this.#by,
    };
  }
}
