import { UNID_PATTERN } from '../../../src/sync/note.ts';
import { instantOf, readDateTime } from './dxl-datetime.ts';
import type { DxlNote } from './dxl-note.ts';
import { hasOnly, onlyElements, type XmlElement } from './xml-tree.ts';

export type NoteInfo = Pick<
  DxlNote,
  | 'unid'
  | 'noteId'
  | 'sequence'
  | 'sequenceTime'
  | 'created'
  | 'modifiedInFile'
  | 'addedToFile'
  | 'lastAccessed'
>;

export const noNoteInfo: NoteInfo = {
  unid: null,
  noteId: null,
  sequence: null,
  sequenceTime: null,
  created: null,
  modifiedInFile: null,
  addedToFile: null,
  lastAccessed: null,
};

/** DXL's word for each time of a note, in DXL's order. */
export const noteTimes = {
  created: 'created',
  modified: 'modifiedInFile',
  revised: 'sequenceTime',
  lastaccessed: 'lastAccessed',
  addedtofile: 'addedToFile',
} as const satisfies Readonly<Record<string, keyof NoteInfo>>;

/** What `<noteinfo>` says, and whether that was all of it; a string says what is wrong with it. */
export function readNoteInfo(element: XmlElement): { info: NoteInfo; complete: boolean } | string {
  const { noteid, unid, sequence } = element.attributes;
  const info: { -readonly [K in keyof NoteInfo]: NoteInfo[K] } = { ...noNoteInfo };
  if (unid !== undefined) {
    info.unid = unid.toUpperCase();
    if (!UNID_PATTERN.test(info.unid)) return 'noteinfo: unid is not 32 hex digits';
  }
  if (noteid !== undefined) {
    if (!/^(?:0x)?[0-9a-f]{1,8}$/i.test(noteid)) return 'noteinfo: noteid is no hex number';
    info.noteId = Number.parseInt(noteid, 16);
  }
  if (sequence !== undefined) {
    if (!/^\d{1,9}$/.test(sequence)) return 'noteinfo: sequence is no number';
    info.sequence = Number(sequence);
  }
  const elements = onlyElements(element);
  let complete = elements !== null && hasOnly(element, 'noteid', 'unid', 'sequence');
  for (const one of elements ?? []) {
    const field = Object.entries(noteTimes).find(([name]) => name === one.name)?.[1];
    const [time, ...others] = onlyElements(one) ?? [];
    const value = time && readDateTime(time);
    if (field === undefined || !value || others.length > 0 || !hasOnly(one)) complete = false;
    else info[field] = instantOf(value);
  }
  return { info, complete };
}
