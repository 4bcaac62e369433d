import type { ConflictRow, JournalRow, QuarantineRow } from '../../connectors/postgres/port.ts';
import type { RecordState } from '../../connectors/handbook/port.ts';
import type { NotesSight, Pair } from '../sync/pair.ts';
import type { FieldMapping, Mapping } from '../sync/mapping.ts';
import { decodeNote } from '../sync/decode-note.ts';
import type { FieldValue, Fields } from '../sync/values.ts';
import { readLiveNote } from '../passes/live-note.ts';
import { DominoError } from '../../connectors/domino/port.ts';
import type { Bridge } from './bridge.ts';

/** Where the value that stands came from: the last effect on the field that the journal knows. */
export interface FieldOrigin {
  /** Side whose value crossed. */
  readonly side: 'notes' | 'handbook';
  readonly at: string;
  readonly event: string;
  readonly by: string | null;
}

export interface DocumentField {
  readonly field: string;
  readonly item: string;
  readonly type: FieldMapping['type'];
  readonly direction: FieldMapping['direction'];
  readonly policy: FieldMapping['conflict'];
  /** Left out: nobody looked, or it may not be shown. */
  readonly base?: FieldValue | undefined;
  readonly notes?: FieldValue | undefined;
  readonly handbook?: FieldValue | undefined;
  readonly origin: FieldOrigin | null;
  /** Id of the open conflict over it. */
  readonly conflictId: string | null;
}

/** How the note could be read just now. `none`: there is no note yet. `unavailable`: its server does not answer. */
export type LiveReading = 'read' | 'withheld' | 'unreadable' | 'missing' | 'none' | 'unavailable';

export interface DocumentView {
  readonly pairId: string;
  readonly linkId: string;
  readonly unid: string | null;
  readonly recordId: string;
  readonly entity: string;
  readonly form: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly key: string | null;
  readonly bornIn: 'notes' | 'handbook';
  readonly status: Pair['status'];
  readonly reason: string | null;
  readonly blocked: Pair['blocked'];
  readonly pending: boolean;
  readonly notesSight: NotesSight;
  readonly live: LiveReading;
  readonly record: { readonly state: RecordState; readonly version: number } | null;
  readonly fields: readonly DocumentField[];
  /** Newest first. */
  readonly events: readonly JournalRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly quarantine: QuarantineRow | null;
}

/** What the gate keeps back, or what the note's Readers hide, is shown without a single value. */
const SHOWN: ReadonlySet<LiveReading> = new Set(['read', 'missing', 'none', 'unavailable']);
const CONFLICTS = 1_000;

/**
 * One document: both sides beside the base, and its life. The note is read now, through the gate; a document that is not released shows no content at all,
 * whatever the stores still hold. Null: no such pair.
 */
export async function viewDocument(
  bridge: Bridge,
  pairId: string,
  signal: AbortSignal,
): Promise<DocumentView | null> {
  const { store, handbook } = bridge.deps;
  const [pair] = await store.pairsById([pairId]);
  if (!pair) return null;
  const link = bridge.links.find((one) => one.id === pair.linkId);
  const mapping = link?.mappings.find((one) => one.form === pair.form);
  const [record] = await handbook.read([pair.recordId]);
  const { live, fields: notes } = await readNote(bridge, pair, mapping, signal);
  const shown = SHOWN.has(live) && pair.status !== 'withheld' && pair.status !== 'withdrawn';
  const events = [...(await store.journalOfPair(pairId))].reverse();
  const conflicts = (await store.conflicts({ linkId: pair.linkId, limit: CONFLICTS })).filter(
    (row) => row.pairId === pairId,
  );
  const quarantined = await store.quarantined({ linkId: pair.linkId, limit: CONFLICTS });
  return {
    pairId,
    linkId: pair.linkId,
    unid: pair.unid,
    recordId: pair.recordId,
    entity: pair.entity,
    form: pair.form,
    title: mapping?.title ?? { vi: pair.form, en: pair.form },
    key: shown ? pair.key : null,
    bornIn: pair.bornIn,
    status: pair.status,
    reason: pair.reason,
    blocked: pair.blocked,
    pending: pair.pending,
    notesSight: pair.notesSight,
    live,
    record: record === undefined ? null : { state: record.state, version: record.version },
    fields: (mapping?.fields ?? []).map((field) => ({
      field: field.field,
      item: field.item,
      type: field.type,
      direction: field.direction,
      policy: field.conflict,
      ...(shown && {
        base: pair.base[field.field],
        notes: notes[field.field],
        handbook: record?.fields[field.field],
      }),
      origin: originOf(field.field, events),
      conflictId: conflicts.find((row) => row.field === field.field && row.state === 'open')?.id ?? null,
    })),
    events,
    conflicts: shown ? conflicts : [],
    quarantine: quarantined.find((row) => row.pairId === pairId) ?? null,
  };
}

async function readNote(
  bridge: Bridge,
  pair: Pair,
  mapping: Mapping | undefined,
  signal: AbortSignal,
): Promise<{ readonly live: LiveReading; readonly fields: Fields }> {
  if (pair.unid === null) return { live: 'none', fields: {} };
  const link = bridge.links.find((one) => one.id === pair.linkId);
  if (!link || !mapping) return { live: 'unavailable', fields: {} };
  try {
    const note = await readLiveNote(bridge.deps, link, pair.unid, signal);
    if (note.kind !== 'note') return { live: note.kind, fields: {} };
    return { live: 'read', fields: decodeNote(mapping, note.items).fields };
  } catch (error) {
    if (!(error instanceof DominoError)) throw error;
    // Who can say whether it is still released? What was last known of it decides.
    return { live: pair.notesSight === 'released' ? 'unavailable' : 'withheld', fields: {} };
  }
}

const FROM: Readonly<Record<string, FieldOrigin['side']>> = {
  'create-record': 'notes',
  'update-record': 'notes',
  'show-record': 'notes',
  'undelete-record': 'notes',
  'create-note': 'handbook',
  'update-note': 'handbook',
};

function originOf(field: string, events: readonly JournalRow[]): FieldOrigin | null {
  for (const event of events) {
    const side = FROM[event.event];
    if (side !== undefined && event.fields.includes(field))
      return { side, at: event.at, event: event.event, by: event.by };
  }
  return null;
}
