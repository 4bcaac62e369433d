import type { NotesPerson } from '../../contract/contract-case.ts';
import { encodeItems } from '../../proton/encode.ts';
import type { Item, Items } from '../../../../src/sync/note.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { fileItem, richTextItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { NotesUser } from '../engine/notes-user.ts';
import { decodeDocument } from '../proton/decode-document.ts';
import { encodeItem } from '../proton/encode-item.ts';
import type { StoredItem } from '../stored-note.ts';

const SECRETARY = { name: 'CN=Le Thi Thu/O=Party' } as const;

/** A secretary at a Notes client on the same file, whatever way in is tried. */
export function personAt(stored: EmbeddedDatabase): NotesPerson {
  const user = new NotesUser(stored, SECRETARY);
  const add = (unid: string, item: StoredItem) =>
    stored.saveAs(SECRETARY, unid, (items) =>
      item.name === '$FILE' ? [...items, item] : withItems(items, [item]),
    );
  return {
    createNote: async (items) => user.create(storedItems(items)),
    editNote: async (unid, changes) => {
      const kept = Object.entries(changes).filter((entry): entry is [string, Item] => entry[1] !== null);
      const gone = Object.keys(changes).filter((name) => changes[name] === null);
      user.edit(unid, {
        ...storedItems(Object.fromEntries(kept)),
        ...Object.fromEntries(gone.map((name) => [name, null])),
      });
    },
    deleteNote: async (unid) => {
      user.delete(unid);
    },
    hideNote: async (unid, hidden) => {
      user.setReaders(unid, hidden ? [SECRETARY.name] : []);
    },
    attachFile: async (unid, name, bytes) => {
      add(unid, fileItem(name, bytes, dateTimeOf(stored.now())));
    },
    writeRichText: async (unid, itemName, bytes) => {
      add(unid, richTextItem(itemName, bytes));
      return bytes;
    },
    readItems: async (unid) => {
      const items = stored.read(unid)?.items ?? [];
      return Object.fromEntries(items.flatMap((item) => seenItem(item)));
    },
  };
}

function storedItems(items: Items): Record<string, StoredItem> {
  const decoded = decodeDocument(
    { ...encodeItems(items) },
    { duplicateItems: false, arrayShorthand: 'reject' },
  );
  return Object.fromEntries(decoded.map((item) => [item.name, item]));
}

function seenItem(item: StoredItem): [string, Item][] {
  const { value, flags, name } = item;
  if (value.type !== 'text' && value.type !== 'number' && value.type !== 'datetime') return [];
  const data = (encodeItem(item, { canonical: true, oneElementList: 'array' }) as { data: unknown }).data;
  const values = (Array.isArray(data) ? data : [data]) as (string | number)[];
  const { names = false, readers = false, authors = false, summary = false } = flags;
  return [
    [name, { type: value.type, values, list: value.list, names, readers, authors, nonsummary: !summary }],
  ];
}
