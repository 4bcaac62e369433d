import { UNID_PATTERN } from '../../../src/sync/note.ts';
import type { StoredItem } from '../embedded/stored-note.ts';
import { decodeBase64 } from './base64.ts';
import type { DxlNote, ProfileName } from './dxl-note.ts';
import { attributesItem, formItem, profileItem, readRevisions, readUpdatedBy } from './lifted-items.ts';
import { type NoteInfo, noNoteInfo, readNoteInfo } from './note-info.ts';
import { readNoteReference } from './note-reference.ts';
import { keepRaw, readItem } from './read-item.ts';
import { onlyElements, onlyText, type XmlElement } from './xml-tree.ts';

/** Said of the file, where a note is its root. */
const rootAttributes = new Set(['xmlns', 'version', 'maintenanceversion', 'milestonebuild', 'replicaid']);

/** TYPE_NOTEREF_LIST. */
const NOTE_REFERENCE_TYPE = '4';

/** Takes one note element by element; `document`, `note class='document'` and `profiledocument` come out alike. */
export class NoteReader {
  readonly #element: string;
  readonly #items: StoredItem[] = [];
  #info: NoteInfo = noNoteInfo;
  #parent: string | null = null;
  #conflict = false;
  #profile: ProfileName | null = null;
  #key: string | null = null;

  /** `keys` holds the UNIDs of earlier notes of the file that have a `key`. */
  constructor(
    element: string,
    attributes: Readonly<Record<string, string>>,
    isRoot: boolean,
    keys: ReadonlyMap<string, string>,
  ) {
    this.#element = element;
    const others: [string, string][] = [];
    for (const [name, value] of Object.entries(attributes)) {
      if (this.#takesAttribute(name, value, attributes, keys)) continue;
      if (!(isRoot && rootAttributes.has(name))) others.push([name, value]);
    }
    if (this.#profile) this.#items.unshift(profileItem(this.#profile));
    if (others.length > 0) this.#items.push(attributesItem(others));
    this.#key = attributes.key ?? null;
  }

  /** An id that later notes of the same file may call this one by. */
  get key(): string | null {
    return this.#key;
  }

  get itemCount(): number {
    return this.#items.length;
  }

  /** A child of the note. Returns what is wrong, if the file cannot be used. */
  add(element: XmlElement): string | null {
    switch (element.name) {
      case 'noteinfo': {
        const read = readNoteInfo(element);
        if (typeof read === 'string') return read;
        this.#info = read.info;
        if (!read.complete) this.#keep(element);
        return null;
      }
      case 'updatedby':
      case 'revisions': {
        const item = element.name === 'updatedby' ? readUpdatedBy(element) : readRevisions(element);
        if (item) this.#items.push(item);
        else this.#keep(element);
        return null;
      }
      case 'item':
        if (!this.#takesRelation(element)) this.#items.push(readItem(element));
        return null;
      default:
        this.#keep(element);
        return null;
    }
  }

  finish(): DxlNote {
    return {
      ...this.#info,
      parent: this.#parent,
      conflict: this.#conflict,
      profile: this.#profile,
      items: this.#items,
    };
  }

  #keep(element: XmlElement): void {
    this.#items.push(keepRaw(`$DXL_${element.name}`, element, {}));
  }

  #takesAttribute(
    name: string,
    value: string,
    all: Readonly<Record<string, string>>,
    keys: ReadonlyMap<string, string>,
  ): boolean {
    if (this.#element === 'note') return name === 'class';
    if (this.#element === 'profiledocument') {
      if (name === 'name') this.#profile = { name: value, username: all.username || null };
      return name === 'name' || (name === 'username' && all.name !== undefined);
    }
    switch (name) {
      case 'form':
        this.#items.push(formItem(value));
        return true;
      case 'parent': {
        const unid = keys.get(value) ?? value.toUpperCase();
        if (UNID_PATTERN.test(unid)) this.#parent = unid;
        return this.#parent !== null;
      }
      case 'conflict':
        this.#conflict = value === 'true';
        return value === 'true' || value === 'false';
      case 'response':
        return value === 'false' || (value === 'true' && all.parent !== undefined);
      default:
        return false;
    }
  }

  /** `$REF` and `$Conflict` are items in the note form only; there they say what attributes say in the document form. */
  #takesRelation(item: XmlElement): boolean {
    const name = item.attributes.name?.toLowerCase();
    if (name !== '$ref' && name !== '$conflict') return false;
    const [content, ...others] = onlyElements(item) ?? [];
    if (!content || others.length > 0) return false;
    const text = onlyText(content);
    if (name === '$conflict') {
      const plain = content.name === 'text' && text === '';
      if (plain) this.#conflict = true;
      return plain;
    }
    const isReference = content.name === 'rawitemdata' && content.attributes.type === NOTE_REFERENCE_TYPE;
    const bytes = isReference && text !== null ? decodeBase64(text) : null;
    const parent = bytes && readNoteReference(bytes);
    if (!parent || (this.#parent !== null && this.#parent !== parent)) return false;
    this.#parent = parent;
    return true;
  }
}
