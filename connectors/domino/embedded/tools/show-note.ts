import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { EngineError } from '../engine/engine-error.ts';
import { refOf } from '../engine/item-codec.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { portItem } from '../direct/port-items.ts';
import type { StoredItem } from '../stored-note.ts';
import type { ShownItem, ShownNote } from '../tools-port.ts';

/** Everything that the file holds of the note; of rich text and files the size. */
export function showNote(database: EmbeddedDatabase, unid: string): ShownNote {
  const note = database.readBare(unid);
  if (note === null) {
    throw new EngineError('not-found', `there is no note ${unid} in "${database.filePath}"`);
  }
  return {
    database: database.filePath,
    unid: note.unid,
    noteId: note.noteId.toString(16).toUpperCase(),
    sequence: note.sequence,
    sequenceTime: formatInstant(note.sequenceTime),
    created: formatInstant(note.created),
    modifiedInFile: formatInstant(note.modifiedInFile),
    addedToFile: formatInstant(note.addedToFile),
    parent: note.parent,
    conflict: note.conflict,
    items: note.items.map((item) => shownItem(item)),
  };
}

function shownItem(item: StoredItem): ShownItem {
  const { name, value, flags } = item;
  const set = Object.entries(flags).flatMap(([flag, isSet]) => (isSet === true ? [flag] : []));
  const isList = 'list' in value && value.list;
  return {
    name,
    type: value.type,
    flags: isList ? [...set, 'list'] : set,
    values: simpleValues(item),
    bytes: sizeOf(item),
  };
}

function simpleValues(item: StoredItem): readonly (string | number)[] {
  const { value } = item;
  switch (value.type) {
    case 'text':
    case 'number':
    case 'datetime':
      return portItem(item)?.values ?? [];
    case 'file':
      return [value.file.name];
    case 'formula':
      return [value.source];
    case 'richtext':
    case 'raw':
      return [];
  }
}

function sizeOf({ value }: StoredItem): number | null {
  const holder = value.type === 'file' ? value.file : value;
  return 'bytes' in holder ? (refOf(holder)?.size ?? holder.bytes.byteLength) : null;
}
