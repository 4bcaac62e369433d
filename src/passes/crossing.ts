import type { NotesDatabase } from '../../connectors/domino/port.ts';
import { decodeNote } from '../sync/decode-note.ts';
import type { FieldMapping, Mapping } from '../sync/mapping.ts';
import type { Item, NoteRead, Unid } from '../sync/note.ts';
import type { FieldValue } from '../sync/values.ts';
import { contentItems, headerItems, ownVerdict } from './gate-reading.ts';
import { richTextPage } from './rich-text/rich-text-page.ts';
import { safeFileNames } from './safe-file-name.ts';

/** One item beside the field that it would become. */
export interface CrossingRow {
  readonly item: string;
  /** As Notes shows it; null: the note does not have it. */
  readonly notes: string | null;
  readonly field: string;
  /** The canonical value; null: empty. Absent where there is a problem. */
  readonly handbook?: string | null;
  /** Code of what is wrong with it. */
  readonly problem?: string;
}

export interface Crossing {
  readonly unid: Unid;
  /** `released`, or why nothing of the note may be shown. */
  readonly verdict: string;
  readonly rows: readonly CrossingRow[];
}

/** How much of a text is shown. */
const MOST_SHOWN = 2_000;
const UNREAD = /class="unread/gu;

/**
 * Notes as they would cross under a mapping, nothing written anywhere. Through the same gate as everything else: content is asked for only of notes whose header
 * said released, and dropped when the gate items that come with it say otherwise. Of the others only UNID and verdict are told.
 */
export async function crossingsOf(
  database: NotesDatabase,
  mapping: Mapping,
  unids: readonly Unid[],
  signal: AbortSignal,
): Promise<readonly Crossing[]> {
  const verdicts = new Map<Unid, string>();
  for (const note of await database.readNotes(unids, headerItems([mapping]), { signal }))
    verdicts.set(note.unid, note.kind === 'note' ? verdictOf(mapping, note) : note.kind);
  const released = unids.filter((unid) => verdicts.get(unid) === RELEASED);
  const rows = new Map<Unid, readonly CrossingRow[]>();
  const contents =
    released.length === 0
      ? []
      : await database.readNotes(released, contentItems(mapping), { signal, attachmentSummaries: true });
  for (const note of contents) {
    const verdict = note.kind === 'note' ? verdictOf(mapping, note) : note.kind;
    verdicts.set(note.unid, verdict);
    if (note.kind === 'note' && verdict === RELEASED)
      rows.set(note.unid, await rowsOf(database, mapping, note, signal));
  }
  return unids.map((unid) => ({
    unid,
    verdict: verdicts.get(unid) ?? 'missing',
    rows: rows.get(unid) ?? [],
  }));
}

const RELEASED = 'released';

function verdictOf(mapping: Mapping, note: NoteRead): string {
  const { sight, reason } = ownVerdict(mapping, note);
  return sight === 'released' ? RELEASED : `${sight}: ${reason ?? ''}`;
}

async function rowsOf(
  database: NotesDatabase,
  mapping: Mapping,
  note: NoteRead,
  signal: AbortSignal,
): Promise<readonly CrossingRow[]> {
  const { fields, problems } = decodeNote(mapping, note.items);
  const rows: CrossingRow[] = [];
  for (const field of mapping.fields) {
    const { item, field: name } = field;
    if (field.type === 'richText') rows.push(await richTextRow(database, note.unid, field, signal));
    else if (field.type === 'attachments') rows.push(filesRow(note, field));
    else {
      const codes = problems.filter((one) => one.field === name).map(({ code }) => code);
      const notes = shownItem(note.items[item]);
      if (codes.length > 0) rows.push({ item, notes, field: name, problem: codes.join(', ') });
      else rows.push({ item, notes, field: name, handbook: shownValue(fields[name] ?? null) });
    }
  }
  return rows;
}

async function richTextRow(
  database: NotesDatabase,
  unid: Unid,
  { item, field }: FieldMapping,
  signal: AbortSignal,
): Promise<CrossingRow> {
  const parts: Uint8Array[] = [];
  for await (const part of richTextPage(database, unid, item, signal)) parts.push(part);
  const page = Buffer.concat(parts);
  if (page.length === 0) return { item, notes: null, field, handbook: null };
  const unread = page.toString('utf8').match(UNREAD)?.length ?? 0;
  const left = unread === 0 ? '' : `, ${unread} parts that cannot be shown`;
  return { item, notes: 'rich text', field, handbook: `HTML, ${page.length} bytes${left}` };
}

function filesRow(note: NoteRead, { item, field }: FieldMapping): CrossingRow {
  const files = note.attachments ?? [];
  if (files.length === 0) return { item, notes: null, field, handbook: null };
  const names = files.map(({ name }) => name);
  const shown = files.map(({ name, size }) => `${name} (${size})`).join(', ');
  return { item, notes: cut(shown), field, handbook: cut(safeFileNames(names).join(', ')) };
}

function shownItem(item: Item | undefined): string | null {
  return item === undefined ? null : cut(item.values.map(String).join(' | '));
}

function shownValue(value: FieldValue): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return cut(value.map(String).join(' | '));
  return cut(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function cut(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN).toWellFormed()}…` : text;
}
