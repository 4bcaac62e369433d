import { dateTimeItem, namesItem } from '../engine/item-builders.ts';
import { toTick } from '../engine/notes-clock.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { mintUnid } from '../engine/unid.ts';
import type { NotesDateTime, StoredItem, StoredNote } from '../stored-note.ts';
import { between, oneIn } from './draw.ts';
import type { SampleContext } from './sample-context.ts';

/** Everything in a sample happened between these days, whatever the clock says: so the same seed gives the same notes. */
export const FIRST_DAY = Date.parse('2023-01-03T01:00:00Z');
export const LAST_DAY = Date.parse('2026-01-01T00:00:00Z');
const LAST_CREATION = Date.parse('2025-10-01T00:00:00Z');
const DAY_MS = 86_400_000;
const MOST_REVISIONS = 4;

export interface NoteStamps {
  readonly unid: string;
  readonly created: number;
  /** Times of all versions, the current one last. */
  readonly versions: readonly number[];
}

/** `share` of the time from the first to the last creation, give or take a day. */
export function drawStamps({ share, random }: SampleContext): NoteStamps {
  const moment = FIRST_DAY + Math.floor((LAST_CREATION - FIRST_DAY) * share);
  const created = toTick(between(moment, moment + DAY_MS, random));
  const versions = [created];
  while (versions.length <= MOST_REVISIONS && oneIn(2, random)) {
    const last = versions.at(-1) ?? created;
    versions.push(toTick(between(last + 60_000, LAST_DAY - 60_000 * MOST_REVISIONS, random)));
  }
  return { unid: mintUnid(created, random), created, versions };
}

/** The note as it lies in a replica that people worked in; `officer` saved it last. The times in the file are the importing file's own. */
export function stampedNote(
  stamps: NoteStamps,
  form: string,
  items: readonly StoredItem[],
  officer: string,
  parent: string | null = null,
): StoredNote {
  const modified = stamps.versions.at(-1) ?? stamps.created;
  const before = stamps.versions.slice(0, -1);
  return {
    unid: stamps.unid,
    noteId: 0,
    sequence: stamps.versions.length,
    sequenceTime: modified,
    created: stamps.created,
    modifiedInFile: modified,
    addedToFile: modified,
    parent,
    conflict: false,
    items: [
      { name: 'Form', value: { type: 'text', values: [form], list: false }, flags: { summary: true } },
      namesItem('$UpdatedBy', officer),
      ...(before.length === 0 ? [] : [dateTimeItem('$Revisions', before.map(dateTimeOf))]),
      ...items,
    ],
  };
}

/** A calendar day, without time and zone. */
export function day(date: string): NotesDateTime {
  return { date, time: null, zone: null, dst: false };
}

/** An instant as a Notes client in Hà Nội stores it. */
export function localTime(instant: number): NotesDateTime {
  const wall = new Date(instant + 7 * 3_600_000).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 22), zone: '+0700', dst: false };
}

export function dayOf(instant: number): string {
  return localTime(instant).date ?? '';
}
