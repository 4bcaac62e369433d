import { conflictAction } from '../replication/conflict-note.ts';
import { compareVersions } from '../replication/version-order.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { EngineError } from '../engine/engine-error.ts';
import { mayEdit, mayRead, type NotesIdentity } from '../engine/identity.ts';
import { withItems, withoutItems } from '../engine/item-lookup.ts';
import { nextOriginator } from '../engine/originator.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';

export interface ItemEdits {
  readonly written: readonly StoredItem[];
  readonly removed?: readonly string[];
}

/** What became of the save of a document that was open. */
export interface SaveOutcome {
  /** `saved`: nobody saved meanwhile. `given-up`: somebody did, and theirs alone stays. `recreated`: somebody had deleted it. */
  readonly kind: 'saved' | 'save-conflict' | 'given-up' | 'recreated';
  /** The note that holds the person's edits now; the conflict note's where there is one. Null = nothing does. */
  readonly unid: string | null;
}

/**
 * A document that a person holds open in Notes: what they save later is compared with what they opened. Whoever saved first stays the main
 * document, whether a person or a program; the other becomes a conflict note under it, even where they wrote other items [US1].
 */
export class OpenNote {
  readonly unid: string;
  /** As it was when it was opened. */
  readonly opened: StoredNote;
  readonly #database: EmbeddedDatabase;
  readonly #identity: NotesIdentity;

  constructor(database: EmbeddedDatabase, identity: NotesIdentity, opened: StoredNote) {
    this.unid = opened.unid;
    this.#database = database;
    this.#identity = identity;
    this.opened = opened;
  }

  /** `answer`: what the person says when asked whether to keep their changes as a save conflict. Throws `not-authorized`, `not-found`. */
  save(edits: ItemEdits, answer: 'keep' | 'give-up' = 'keep'): SaveOutcome {
    const by = this.#identity.name;
    const there = this.#database.readBare(this.unid);
    if (there === null) return this.#saveDeleted(edits);
    if (!mayEdit(this.opened.items, this.#database.identityOf(this.#identity))) {
      throw new EngineError('not-authorized', `${by} may not edit note ${this.unid}`);
    }
    if (compareVersions(there, this.opened) === 0) {
      this.#database.save(this.unid, (items) => edited(items, edits), { by });
      return { kind: 'saved', unid: this.unid };
    }
    if (answer === 'give-up' || !conflictAction(there.items).creates) return { kind: 'given-up', unid: null };
    const items = edited(this.opened.items, edits);
    const { unid } = this.#database.create(items, { by, parent: this.unid, conflict: true });
    return { kind: 'save-conflict', unid };
  }

  #saveDeleted(edits: ItemEdits): SaveOutcome {
    const { file } = this.#database;
    const stub = file.store.findStub(this.unid);
    if (file.context.quirks.saveOfDeleted === 'refused' || stub === null) {
      throw new EngineError('not-found', `note ${this.unid} was deleted while it was open`);
    }
    const next = nextOriginator(stub, this.#database.now());
    this.#database.import([{ ...this.opened, ...next, items: [...edited(this.opened.items, edits)] }]);
    return { kind: 'recreated', unid: this.unid };
  }
}

/** Throws `not-found`, also where the person may not read it. */
export function openNote(database: EmbeddedDatabase, identity: NotesIdentity, unid: string): OpenNote {
  const note = database.read(unid);
  if (note === null || !mayRead(note.items, database.identityOf(identity))) {
    throw new EngineError('not-found', `there is no note ${unid} in "${database.filePath}"`);
  }
  return new OpenNote(database, identity, note);
}

function edited(items: readonly StoredItem[], { written, removed = [] }: ItemEdits): readonly StoredItem[] {
  return withItems(withoutItems(items, removed), written);
}
