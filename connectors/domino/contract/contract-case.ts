import type { NotesDatabase } from '../port.ts';
import type { Item, Items, Unid } from '../../../src/sync/note.ts';

/** The only forms that the suite writes; a scratch database may hold no other. */
export const CONTRACT_FORM = 'BridgeContract';
export const OTHER_CONTRACT_FORM = 'BridgeContractOther';
export const CONTRACT_FORMS: readonly string[] = [CONTRACT_FORM, OTHER_CONTRACT_FORM];

/**
 * Somebody at a Notes client on the same file, i.e. not the identity of the connector. A member that this set-up cannot play is null; the cases
 * that need it are skipped.
 */
export interface NotesPerson {
  createNote(items: Items): Promise<Unid>;
  /** Sets items, removes those given as null. */
  editNote(unid: Unid, changes: Readonly<Record<string, Item | null>>): Promise<void>;
  deleteNote(unid: Unid): Promise<void>;
  /** Hides the note from everyone but the person, or (false) shows it again. */
  readonly hideNote: ((unid: Unid, hidden: boolean) => Promise<void>) | null;
  readonly attachFile: ((unid: Unid, name: string, bytes: Uint8Array) => Promise<void>) | null;
  /** Writes rich text and answers the bytes that this way in must give for it. */
  readonly writeRichText: ((unid: Unid, itemName: string, bytes: Uint8Array) => Promise<Uint8Array>) | null;
  /** The items as Domino stores them, with their true types and flags, whatever the way in shows. */
  readonly readItems: ((unid: Unid) => Promise<Items>) | null;
}

/** One implementation under test, on a database of its own. */
export interface ContractSubject {
  readonly database: NotesDatabase;
  readonly person: NotesPerson;
  /** Moves the server's clock; without it the suite waits. */
  readonly advanceClock?: (ms: number) => void | Promise<void>;
  close(): Promise<void>;
}

/** What a case works with. */
export interface Scene {
  readonly database: NotesDatabase;
  readonly person: NotesPerson;
  /** Creates a note through the connector; it is removed after the case. */
  readonly create: (items: Items) => Promise<Unid>;
  /** Creates a note as the person; it is removed after the case. */
  readonly createAsPerson: (items: Items) => Promise<Unid>;
  /** Lets the server's clock pass on far enough that a later save carries another token. */
  readonly tick: () => Promise<void>;
  /** Moves the server's clock; null where the suite has to live with the time there is. */
  readonly advanceClock: ((ms: number) => void | Promise<void>) | null;
}

export interface ContractCase {
  readonly name: string;
  /** Why the case cannot run here, or null. Asked before `run`. */
  readonly lacks?: (subject: ContractSubject) => string | null;
  /** Rejects when the implementation breaks the port. */
  readonly run: (scene: Scene) => Promise<void>;
}

export const text = (value: string | readonly string[], flags: Partial<Item> = {}): Item =>
  typeof value === 'string'
    ? { type: 'text', values: [value], ...flags }
    : { type: 'text', values: value, list: true, ...flags };

/** Items of a note of the suite's form. */
export const note = (items: Items = {}, form: string = CONTRACT_FORM): Items => ({
  Form: text(form),
  ...items,
});
