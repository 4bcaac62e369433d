import type { Item, NoteReading, Token, Unid } from '../../../../src/sync/note.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { mayRead, type NotesIdentity } from '../engine/identity.ts';
import { refOf } from '../engine/item-codec.ts';
import { findInNote } from '../engine/item-lookup.ts';
import { formatInstant, instantOf } from '../engine/notes-date-time.ts';
import type { Originator } from '../engine/originator.ts';
import type { StoredNote } from '../stored-note.ts';
import { portItem } from './port-items.ts';

export interface Asked {
  readonly itemNames: readonly string[];
  readonly attachmentSummaries: boolean;
}

/** One note as the identity sees it, with the items asked for under the names asked for, and Form always. */
export function readingOf(
  database: EmbeddedDatabase,
  unid: Unid,
  identity: NotesIdentity,
  { itemNames, attachmentSummaries }: Asked,
): NoteReading {
  const note = database.readBare(unid);
  if (note === null) return { kind: 'missing', unid };
  if (!mayRead(note.items, identity)) return { kind: 'unreadable', unid };
  const items: Record<string, Item> = {};
  for (const name of withForm(itemNames)) {
    const found = findInNote(note, name);
    const item = found === undefined ? null : portItem(found);
    if (item !== null) items[name] = item;
  }
  return {
    kind: 'note',
    unid,
    created: formatInstant(note.created),
    modified: formatInstant(note.modifiedInFile),
    token: tokenOf(note),
    items,
    ...(attachmentSummaries ? { attachments: summaries(note) } : {}),
  };
}

/** The version half of the originator ID: sequence number and time. */
export function tokenOf({ sequence, sequenceTime }: Originator): Token {
  return { kind: 'oid', value: `${sequence} ${formatInstant(sequenceTime)}` };
}

function withForm(itemNames: readonly string[]): readonly string[] {
  return itemNames.some((name) => name.toLowerCase() === 'form') ? itemNames : ['Form', ...itemNames];
}

function summaries(note: StoredNote) {
  return note.items.flatMap(({ value }) => {
    if (value.type !== 'file') return [];
    const { file } = value;
    const modified = (file.modified === null ? null : instantOf(file.modified)) ?? note.created;
    return [
      {
        name: file.name,
        size: refOf(file)?.size ?? file.bytes.byteLength,
        modified: formatInstant(modified),
      },
    ];
  });
}
