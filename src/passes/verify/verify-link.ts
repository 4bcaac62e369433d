import { createHash } from 'node:crypto';
import type { HandbookRecord } from '../../../connectors/handbook/port.ts';
import { gateOf } from '../../sync/gate.ts';
import type { FieldMapping, Mapping } from '../../sync/mapping.ts';
import type { Item, NoteRead, Unid } from '../../sync/note.ts';
import type { BlobRef, FieldValue } from '../../sync/values.ts';
import { readSlices } from '../read-slices.ts';
import { contentItems, headerItems, textOf } from '../gate-reading.ts';
import type { PassDeps, PassRun } from '../pass-deps.ts';
import { richTextPage } from '../rich-text/rich-text-page.ts';
import { comparableField, comparableItem } from './comparable.ts';
import { legacyComparable } from './legacy-comparable.ts';
import { parentsFirst } from './parents-first.ts';

export interface Difference {
  readonly link: string;
  readonly entity: string;
  readonly recordId: string | null;
  readonly unid: Unid | null;
  /** `missing`: a released note without a record. `extra`: a live record without a released note. `value`: both exist and differ. */
  readonly kind: 'value' | 'missing' | 'extra';
  readonly side: 'handbook';
  readonly field: string | null;
}

export interface VerifyResult {
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** Differences that somebody already knows of, by reason: quarantine, conflict, deleted, hidden, unreleased. */
  readonly explained: Readonly<Record<string, number>>;
}

/**
 * Compares both sides of a link from scratch: enumerates the notes by creation time, applies the gate, and looks each up in the handbook by its business
 * key; then looks for records that no released note stands behind. Knows nothing of tokens, bases or plans.
 */
export async function verifyLink(deps: PassDeps, run: PassRun): Promise<VerifyResult> {
  const released = new Map<string, Set<string>>();
  const matched = new Set<string>();
  const differences: Difference[] = [];
  const explained: Record<string, number> = {};
  let compared = 0;
  const noted = (reason: string) => {
    explained[reason] = (explained[reason] ?? 0) + 1;
  };
  for (const mapping of parentsFirst(run.link.mappings)) {
    const keys = new Set<string>();
    released.set(mapping.entity, keys);
    for await (const notes of releasedNotes(deps, run, mapping, released)) {
      const keyField = mapping.fields.find((field) => field.field === mapping.key) as FieldMapping;
      const keyOf = (note: NoteRead) => comparableItem(keyField, note.items[keyField.item]);
      const records = new Map(
        (await deps.handbook.readByKey(mapping.entity, notes.map(keyOf)))
          .filter((record) => record.state === 'live')
          .map((record) => [record.key, record]),
      );
      const pairs = new Map(
        (
          await deps.store.pairsByUnid(
            run.link.replicaSet,
            notes.map((note) => note.unid),
          )
        ).map((pair) => [pair.unid, pair]),
      );
      const openConflicts = new Map(
        (await deps.store.openConflicts([...pairs.values()].map((pair) => pair.id))).map((row) => [
          `${row.pairId} ${row.field}`,
          row,
        ]),
      );
      for (const note of notes) {
        compared += 1;
        const record = records.get(keyOf(note));
        const pair = pairs.get(note.unid);
        // [GA4] What was set aside before it ever crossed releases no child.
        if (record || pair?.blocked !== 'quarantine') keys.add(keyOf(note));
        const base = {
          link: run.link.id,
          entity: mapping.entity,
          unid: note.unid,
          side: 'handbook' as const,
        };
        if (!record || (pair && pair.recordId !== record.recordId)) {
          if (pair?.blocked === 'quarantine') noted('quarantine');
          else if (!record && softlyDeleted(mapping, note)) noted('deleted');
          else differences.push({ ...base, recordId: pair?.recordId ?? null, kind: 'missing', field: null });
          continue;
        }
        matched.add(record.recordId);
        for (const field of await differingFields(deps, run, mapping, note, record)) {
          if (pair && openConflicts.has(`${pair.id} ${field}`)) noted('conflict');
          else if (pair?.blocked === 'quarantine') noted('quarantine');
          else differences.push({ ...base, recordId: record.recordId, kind: 'value', field });
        }
      }
      run.progress('verify', compared, null);
    }
  }
  for (const extra of await extras(deps, run, matched)) {
    if (extra.reason) noted(extra.reason);
    else
      differences.push({
        link: run.link.id,
        entity: extra.record.entity,
        recordId: extra.record.recordId,
        unid: extra.unid,
        kind: 'extra',
        side: 'handbook',
        field: null,
      });
  }
  return { compared, differences, explained };
}

async function* releasedNotes(
  deps: PassDeps,
  run: PassRun,
  mapping: Mapping,
  released: ReadonlyMap<string, ReadonlySet<string>>,
): AsyncIterable<readonly NoteRead[]> {
  const narrowed: PassRun = { ...run, link: { ...run.link, mappings: [mapping] } };
  for await (const read of readSlices(deps, narrowed, 'created', { from: null, to: null })) {
    const open = read.notes.filter(
      (note): note is NoteRead => note.kind === 'note' && isReleased(mapping, note, released),
    );
    if (open.length === 0) continue;
    await run.fence();
    const { cap } = run.link.database.capabilities;
    for (let start = 0; start < open.length; start += cap) {
      const readings = await run.link.database.readNotes(
        open.slice(start, start + cap).map((note) => note.unid),
        [
          ...contentItems(mapping),
          ...headerItems([mapping]),
          ...(mapping.softDelete ? [mapping.softDelete.item] : []),
        ],
        { signal: run.signal },
      );
      yield readings.filter(
        (reading): reading is NoteRead => reading.kind === 'note' && isReleased(mapping, reading, released),
      );
    }
  }
}

function isReleased(
  mapping: Mapping,
  note: NoteRead,
  released: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (gateOf(mapping, note.items) !== 'released') return false;
  const { parent } = mapping.gate;
  if (!parent) return true;
  const item = mapping.fields.find((field) => field.field === parent.field)?.item;
  const key = item === undefined ? null : textOf(note.items, item);
  return key !== null && (released.get(parent.entity)?.has(key) ?? false);
}

/** A person deleted the record in the handbook; its note stays and says so. */
function softlyDeleted(mapping: Mapping, note: NoteRead): boolean {
  const { softDelete } = mapping;
  return softDelete !== undefined && note.items[softDelete.item]?.values[0] === softDelete.value;
}

async function differingFields(
  deps: PassDeps,
  run: PassRun,
  mapping: Mapping,
  note: NoteRead,
  record: HandbookRecord,
): Promise<readonly string[]> {
  const differing: string[] = [];
  for (const field of mapping.fields) {
    if (field.type === 'richText' || field.type === 'attachments') {
      if (await blobsDiffer(deps, run, field, note.unid, record)) differing.push(field.field);
    } else if (differs(field, note.items[field.item], record.fields[field.field]))
      differing.push(field.field);
  }
  return differing;
}

function differs(field: FieldMapping, item: Item | undefined, value: FieldValue | undefined): boolean {
  const recorded = comparableField(field, value);
  return comparableItem(field, item) !== recorded && legacyComparable(field, item) !== recorded.toLowerCase();
}

/** Digests of the note's bytes, of what the record claims, and of the bytes that the handbook really holds must be one. */
async function blobsDiffer(
  deps: PassDeps,
  run: PassRun,
  field: FieldMapping,
  unid: Unid,
  record: HandbookRecord,
): Promise<boolean> {
  const { database } = run.link;
  const theirs = new Map<string, string>();
  if (field.type === 'richText' && database.capabilities.richText) {
    const digest = await sha256(richTextPage(database, unid, field.item, run.signal));
    if (digest.size > 0) theirs.set('', digest.sha256);
  } else if (field.type === 'attachments' && database.capabilities.attachments) {
    for await (const attachment of database.readAttachments(unid, { signal: run.signal }))
      theirs.set(attachment.name, (await sha256(attachment.content)).sha256);
  } else return false;
  const claimed = refsOf(record.fields[field.field]);
  if (claimed.length !== theirs.size) return true;
  for (const ref of claimed) {
    if (theirs.get(ref.name) !== ref.sha256) return true;
    const stored = await deps.handbook.readBlob({ recordId: record.recordId, field: field.field }, ref.name);
    if (!stored || (await sha256(stored.content)).sha256 !== ref.sha256) return true;
  }
  return false;
}

function refsOf(value: FieldValue | undefined): readonly BlobRef[] {
  if (value === null || value === undefined || typeof value !== 'object') return [];
  return (Array.isArray(value) ? value : [value]) as readonly BlobRef[];
}

async function sha256(
  content: AsyncIterable<Uint8Array>,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}

/** Records that no released note stands behind. A record of another link, a hidden one, and a member's own that nobody has released yet are known. */
async function extras(deps: PassDeps, run: PassRun, matched: ReadonlySet<string>) {
  const found: { record: HandbookRecord; unid: Unid | null; reason: string | null }[] = [];
  const entities = run.link.mappings.map((mapping) => mapping.entity);
  let after: string | null = null;
  for (;;) {
    const page: readonly HandbookRecord[] = await deps.handbook.list(entities, after, 500);
    if (page.length === 0) return found;
    after = page.at(-1)?.recordId ?? null;
    const strangers = page.filter((record) => !matched.has(record.recordId));
    const pairs = new Map(
      (strangers.length === 0
        ? []
        : await deps.store.pairsByRecord(strangers.map((record) => record.recordId))
      ).map((pair) => [pair.recordId, pair]),
    );
    for (const record of strangers) {
      const pair = pairs.get(record.recordId);
      if (pair && pair.linkId !== run.link.id) continue;
      const reason =
        record.state === 'hidden'
          ? 'hidden'
          : pair?.bornIn === 'handbook' && (pair.notesSight === 'unmarked' || pair.notesSight === 'none')
            ? 'unreleased'
            : pair?.blocked === 'quarantine'
              ? 'quarantine'
              : null;
      found.push({ record, unid: pair?.unid ?? null, reason });
    }
  }
}
