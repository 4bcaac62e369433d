import type { StoredItem, StoredNote } from '../embedded/stored-note.ts';
import { assertFragment } from './assert-fragment.ts';
import { dateTimeOf, writeDateTime } from './dxl-datetime.ts';
import type { DxlNote } from './dxl-note.ts';
import { formItem, profileItem, profileOf, revisionsItem, updatedByItem } from './lifted-items.ts';
import { noteTimes } from './note-info.ts';
import { sameItem } from './same-item.ts';
import { writeItem } from './write-item.ts';
import { hasIllegal } from './write-text.ts';
import { escapeText, writeAttributes } from './xml-tree.ts';

/** A stored note, or one as a file gave it. */
export type WritableNote = StoredNote | DxlNote;

/** One note as `<document>` or `<profiledocument>`, in pieces. Throws `DxlError` for what DXL cannot say. */
export function* writeNote(note: WritableNote): Generator<string> {
  const [first] = note.items;
  const profile = note.parent === null && !note.conflict && first ? profileIn(first) : null;
  const form = profile === null && first ? formIn(first) : null;
  const lifted = profile !== null || form !== null ? 1 : 0;
  const attributes: Record<string, string> = {
    ...(profile && { name: profile.name, ...(profile.username !== null && { username: profile.username }) }),
    ...(form !== null && { form }),
    ...(note.parent !== null && { parent: note.parent, response: 'true' }),
    ...(note.conflict && { conflict: 'true' }),
  };
  const others = attributesIn(note.items[lifted], attributes);
  const element = profile ? 'profiledocument' : 'document';
  yield `<${element}${writeAttributes({ ...attributes, ...others })}>\n${writeNoteInfo(note)}`;
  let place = 0;
  for (const item of note.items.slice(lifted + (others ? 1 : 0))) {
    const prolog = writeProlog(item);
    if (prolog && prologOrder.indexOf(prolog.element) >= place) {
      place = prologOrder.indexOf(prolog.element) + 1;
      yield prolog.xml;
    } else {
      place = prologOrder.length;
      yield* writeItem(item);
    }
  }
  yield `</${element}>\n`;
}

/** Children of a note that come before its items, in the DTD's order. */
const prologOrder = ['updatedby', 'revisions', 'wassignedby', 'textproperties', 'mime'];

function profileIn(item: StoredItem): ReturnType<typeof profileOf> {
  const profile = profileOf(item);
  const plain = profile && sameItem(item, profileItem(profile));
  return plain && !hasIllegal(profile.name) && !hasIllegal(profile.username ?? '') ? profile : null;
}

function formIn(item: StoredItem): string | null {
  const form = item.value.type === 'text' ? item.value.values[0] : undefined;
  return form !== undefined && sameItem(item, formItem(form)) && !hasIllegal(form) ? form : null;
}

/** The attributes that reading kept in an item, or null when it is not such an item. */
function attributesIn(
  item: StoredItem | undefined,
  taken: Readonly<Record<string, string>>,
): Record<string, string> | null {
  if (item?.name !== '$DXL_attributes' || item.value.type !== 'text' || !item.value.list) return null;
  if (Object.keys(item.flags).length > 0 || item.value.values.length === 0) return null;
  const attributes: Record<string, string> = {};
  for (const value of item.value.values) {
    const [, name, content] = /^(truncated|key|default|private|parent|response)=(.*)$/s.exec(value) ?? [];
    if (name === undefined || content === undefined || name in taken || name in attributes) return null;
    if (hasIllegal(content) || (name === 'response' && content === 'false')) return null;
    if (name === 'parent' && /^[0-9a-f]{32}$/i.test(content)) return null;
    attributes[name] = content;
  }
  return attributes;
}

function writeNoteInfo(note: WritableNote): string {
  const attributes = {
    ...(note.noteId !== null && { noteid: note.noteId.toString(16) }),
    ...(note.unid !== null && { unid: note.unid }),
    ...(note.sequence !== null && { sequence: String(note.sequence) }),
  };
  const times: Partial<Record<string, unknown>> = { ...note };
  const children = Object.entries(noteTimes).flatMap(([element, field]) => {
    const instant = times[field];
    return typeof instant === 'number'
      ? [`<${element}>${writeDateTime(dateTimeOf(instant))}</${element}>\n`]
      : [];
  });
  const given = children.length > 0 || Object.keys(attributes).length > 0;
  return given ? `<noteinfo${writeAttributes(attributes)}>\n${children.join('')}</noteinfo>\n` : '';
}

/** An item that DXL prints outside `<item>`, when that says all of it. */
function writeProlog(item: StoredItem): { element: string; xml: string } | null {
  const { name, value } = item;
  if (name === '$UpdatedBy' && value.type === 'text' && sameItem(item, updatedByItem(value.values))) {
    if (value.values.some((text) => hasIllegal(text) || text.includes('\n'))) return null;
    const names = value.values.map((text) => `<name>${escapeText(text)}</name>`);
    return { element: 'updatedby', xml: `<updatedby>${names.join('')}</updatedby>\n` };
  }
  if (name === '$Revisions' && value.type === 'datetime' && sameItem(item, revisionsItem(value.values))) {
    const times = value.values.map(writeDateTime);
    return { element: 'revisions', xml: `<revisions>${times.join('')}</revisions>\n` };
  }
  const kept = value.type === 'raw' && Object.keys(item.flags).length === 0;
  if (!kept || name !== `$DXL_${value.element}` || !prologOrder.includes(value.element)) return null;
  return { element: value.element, xml: `${assertFragment(value.bytes, value.element, name)}\n` };
}
