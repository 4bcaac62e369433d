import type { StoredItem } from '../stored-note.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { EngineError } from './engine-error.ts';
import { mayCreate, mayDelete, type NotesIdentity } from './identity.ts';
import { namesItem, numberItem, textItem } from './item-builders.ts';
import { withItems, withoutItems } from './item-lookup.ts';
import type { StubRow } from './note-store.ts';
import type { Originator } from './originator.ts';

/** Item values as a person types them; null removes the item; a stored item is taken as it is. */
export type TypedItems = Readonly<
  Record<string, string | number | readonly string[] | readonly number[] | StoredItem | null>
>;

/** A person at a Notes client: everything happens under their name and within their rights (`not-authorized` otherwise). */
export class NotesUser {
  readonly identity: NotesIdentity;
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase, identity: NotesIdentity) {
    this.#database = database;
    this.identity = identity;
  }

  /** The new note's UNID. */
  create(items: TypedItems, options: { readonly parent?: string } = {}): string {
    if (!mayCreate(this.#database.identityOf(this.identity))) {
      throw new EngineError('not-authorized', `${this.identity.name} may not create documents`);
    }
    return this.#database.create(written(items), { ...options, by: this.identity.name }).unid;
  }

  edit(unid: string, changes: TypedItems): Originator {
    const removed = Object.keys(changes).filter((name) => changes[name] === null);
    return this.#database.saveAs(this.identity, unid, (items) =>
      withItems(withoutItems(items, removed), written(changes)),
    );
  }

  /** The stub that it leaves, or may become where the database deletes softly. */
  delete(unid: string): StubRow {
    const note = this.#database.readBare(unid);
    if (note !== null && !mayDelete(note.items, this.#database.identityOf(this.identity))) {
      throw new EngineError('not-authorized', `${this.identity.name} may not delete note ${unid}`);
    }
    return this.#database.delete(unid);
  }

  /** Nobody but `readers` (and the names in Authors items) sees the note from now on; an empty list opens it again. */
  setReaders(unid: string, readers: readonly string[], itemName = 'DocReaders'): Originator {
    return this.edit(unid, { [itemName]: namesItem(itemName, readers, 'readers') });
  }
}

function written(items: TypedItems): StoredItem[] {
  return Object.entries(items).flatMap(([name, value]) => {
    if (value === null) return [];
    if (typeof value === 'object' && 'value' in value) return [{ ...value, name }];
    if (typeof value === 'number') return [numberItem(name, value)];
    if (typeof value === 'string') return [textItem(name, value)];
    return value.every((one) => typeof one === 'number')
      ? [numberItem(name, value)]
      : [textItem(name, value.map(String))];
  });
}
