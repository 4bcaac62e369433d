import type { ConflictRow } from '../../connectors/postgres/port.ts';
import type { QuarantineReason } from './quarantine-reason.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { NoteRead, NoteReading } from '../sync/note.ts';
import type { Intent, Pair } from '../sync/pair.ts';
import type { HandbookState, KeySituation, NotesState } from '../sync/plan-types.ts';
import { decodeNote } from '../sync/decode-note.ts';
import type { FieldValue } from '../sync/values.ts';
import { findCreated } from './find-created.ts';
import { contentItems, headerItems, ownVerdict, type Verdict, withParents } from './gate-reading.ts';
import { groupBy } from './group-by.ts';
import { handbookStates } from './handbook-states.ts';
import { joinByKey } from './join-by-key.ts';
import { type Claim, keySituations } from './key-situations.ts';
import { withLandings } from './landed-intents.ts';
import { noteDrift } from './note-drift.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { readBatch } from './read-batch.ts';
import { disposeBlobs, type NoteBlobs, READ_FAILED, readBlobs } from './read-blobs.ts';

/** Both sides of one pair as observed now: everything the planner wants, and the bytes that go with it. */
export interface Looked {
  readonly pair: Pair;
  readonly mapping: Mapping;
  readonly notes: NotesState;
  readonly handbook: HandbookState;
  readonly intents: readonly Intent[];
  /** Open conflicts by field. */
  readonly frozen: ReadonlyMap<string, Pick<ConflictRow, 'id' | 'dedupe'>>;
  readonly key: KeySituation;
  /** The note's business key; null when unknown. */
  readonly keyValue: string | null;
  readonly blobs: NoteBlobs;
  /** Cannot be planned: set aside with its reason. */
  readonly quarantine: QuarantineReason | null;
}

export interface LookResult {
  readonly looked: readonly Looked[];
  /** Pairs that must wait: a write may still land, the gate moved while bytes came, or only the header may be read yet. */
  readonly waiting: readonly {
    readonly pair: Pair;
    readonly sight: Verdict['sight'] | null;
    readonly until: number | null;
  }[];
}

interface Seen {
  readonly state: NotesState;
  readonly keyValue: string | null;
  readonly quarantine: QuarantineReason | null;
  readonly blobs: NoteBlobs;
}

/**
 * Observes both sides of a batch. Content is asked for only of notes whose last verdict was `released`, with the gate items in the same read. `before` are pairs
 * of an earlier batch that is being applied: their keys are in no row yet.
 */
export async function lookAt(
  deps: PassDeps,
  run: PassRun,
  batch: readonly Pair[],
  before: readonly Claim[] = [],
): Promise<LookResult> {
  const waiting: { pair: Pair; sight: Verdict['sight'] | null; until: number | null }[] = [];
  const open = await deps.store.intents(batch.map((pair) => pair.id));
  const intents = groupBy(await withLandings(deps, open), (intent) => intent.pairId);
  const now = deps.clock.now();
  const ready: Pair[] = [];
  for (const pair of batch) {
    const until = Math.max(0, ...(intents.get(pair.id) ?? []).map((intent) => Date.parse(intent.settlesAt)));
    if (until > now) waiting.push({ pair, sight: null, until });
    else ready.push(pair);
  }
  const bound = await findCreated(deps, run, ready, intents);
  const seen = new Map<string, Seen>();
  try {
    for (const [form, pairs] of groupBy(bound.pairs, (pair) => pair.form)) {
      const mapping = run.link.mappings.find((candidate) => candidate.form === form);
      if (mapping) await lookAtForm(deps, run, mapping, pairs, seen, waiting);
    }
  } catch (error) {
    for (const { blobs } of seen.values()) await disposeBlobs(blobs);
    throw error;
  }
  const handbook = await handbookStates(deps, run.link, bound.pairs);
  const frozen = groupBy(
    await deps.store.openConflicts(bound.pairs.map((pair) => pair.id)),
    (row) => row.pairId,
  );
  const candidates = bound.pairs.flatMap((pair) => {
    const found = seen.get(pair.id);
    const mapping = run.link.mappings.find((candidate) => candidate.form === pair.form);
    const state = handbook.get(pair.recordId);
    return found && mapping && state ? [{ pair, mapping, found, handbook: state }] : [];
  });
  const joined = await joinByKey(
    deps,
    run,
    candidates.flatMap(({ pair, mapping, found, handbook: state }) => {
      const neverCrossed = pair.status === 'new' || pair.status === 'withheld';
      const recordless = state.kind === 'absent' && state.version === 0 && neverCrossed;
      const key = found.state.kind === 'note' && found.quarantine === null ? found.keyValue : null;
      return recordless && key !== null && !intents.has(pair.id) ? [{ pair, mapping, key }] : [];
    }),
  );
  const keys = await keySituations(
    deps,
    candidates.map(({ pair, found }) => ({ pair, keyValue: found.keyValue })),
    before,
  );
  const looked = candidates
    .filter(({ pair }) => !joined.left.has(pair.id))
    .map(
      ({ pair, mapping, found, handbook: state }): Looked => ({
        pair: joined.matches.get(pair.id)?.pair ?? pair,
        mapping,
        notes: found.state,
        handbook: joined.matches.get(pair.id)?.handbook ?? state,
        intents: intents.get(pair.id) ?? [],
        frozen: new Map((frozen.get(pair.id) ?? []).map((row) => [row.field, row])),
        key: keys.get(pair.id) ?? 'free',
        keyValue: found.keyValue,
        blobs: found.blobs,
        quarantine: bound.ambiguous.has(pair.id)
          ? { code: 'two-creates', detail: 'two notes carry the record’s HandbookId' }
          : joined.rivals.has(pair.id)
            ? { code: 'duplicate-key', detail: `several notes claim the record of one ${mapping.key}` }
            : found.quarantine,
      }),
    );
  return { looked, waiting };
}

async function lookAtForm(
  deps: PassDeps,
  run: PassRun,
  mapping: Mapping,
  pairs: readonly Pair[],
  seen: Map<string, Seen>,
  waiting: { pair: Pair; sight: Verdict['sight'] | null; until: number | null }[],
): Promise<void> {
  for (const pair of pairs) if (pair.unid === null) seen.set(pair.id, plain({ kind: 'none' }));
  const buried = pairs.filter((pair) => pair.unid !== null && pair.status === 'tombstone');
  await lookUnderTombstones(run, mapping, buried, seen);
  const notes = pairs.filter((pair) => pair.unid !== null && pair.status !== 'tombstone');
  const open = notes.filter((pair) => pair.notesSight === 'released');
  const shut = notes.filter((pair) => pair.notesSight !== 'released');
  const content = await readBatch(run, open, contentItems(mapping));
  const headers = await readBatch(run, shut, headerItems([mapping]));
  const verdicts = await verdictsOf(deps, mapping, [...content.values(), ...headers.values()]);

  const readable: { pair: Pair; note: NoteRead }[] = [];
  for (const pair of [...open, ...shut]) {
    const reading = content.get(pair.unid as string) ?? headers.get(pair.unid as string);
    if (!reading) continue;
    const verdict = verdicts.get(reading.unid);
    switch (reading.kind) {
      case 'failed':
        seen.set(pair.id, {
          ...plain({ kind: 'missing' }),
          quarantine: { code: `${READ_FAILED}${reading.code}`, detail: 'the note could not be read' },
        });
        break;
      case 'unreadable':
        seen.set(pair.id, plain({ kind: 'unreadable' }));
        break;
      case 'missing':
        seen.set(
          pair.id,
          plain(
            pair.notesSight === 'gone'
              ? { kind: 'gone', evidence: pair.reason === 'stub' ? 'stub' : 'operator' }
              : { kind: 'missing' },
          ),
        );
        break;
      case 'note':
        if (!verdict || verdict.sight === 'released') {
          // Released only now: its content is asked for in the next batch, once `seen` says so.
          if (content.has(reading.unid)) readable.push({ pair, note: reading });
          else waiting.push({ pair, sight: 'released', until: null });
        } else seen.set(pair.id, plain({ kind: verdict.sight, reason: verdict.reason ?? 'not-released' }));
    }
  }
  await noteDrift(
    run,
    mapping,
    readable.map(({ note }) => note),
  );
  const blobs = await readBlobs(deps, run, mapping, readable);
  for (const { pair, note } of readable) {
    const own = blobs.get(pair.id);
    if (own === 'changed') {
      waiting.push({ pair, sight: null, until: null });
      continue;
    }
    seen.set(pair.id, decoded(mapping, note, own ?? { fields: {}, spooled: [] }));
  }
}

/** [TO2] Of what comes back under a tombstone nothing is read but that it is there. */
async function lookUnderTombstones(
  run: PassRun,
  mapping: Mapping,
  pairs: readonly Pair[],
  seen: Map<string, Seen>,
): Promise<void> {
  const readings = await readBatch(run, pairs, headerItems([]));
  for (const pair of pairs) {
    // A softly deleted note is there for good.
    const soft = pair.reason === 'handbook' && mapping.handbookDelete === 'soft';
    const back = !soft && readings.get(pair.unid as string)?.kind === 'note';
    seen.set(pair.id, {
      ...plain({ kind: 'gone', evidence: pair.reason === 'stub' ? 'stub' : 'operator' }),
      quarantine: back ? { code: 'zombie', detail: 'a deleted note is back' } : null,
    });
  }
}

function decoded(mapping: Mapping, note: NoteRead, blobs: NoteBlobs): Seen {
  const { fields, problems } = decodeNote(mapping, note.items);
  const all: Record<string, FieldValue> = { ...fields, ...blobs.fields };
  const key = all[mapping.key];
  const first = problems[0] ?? blobs.problem;
  return {
    state: { kind: 'note', token: note.token, fields: all },
    keyValue: typeof key === 'string' ? key : null,
    quarantine: first
      ? {
          code: first.code,
          detail:
            problems.length > 0
              ? problems.map((problem) => `${problem.item}: ${problem.code}`).join(', ')
              : (blobs.problem?.detail ?? ''),
        }
      : null,
    blobs,
  };
}

async function verdictsOf(
  deps: PassDeps,
  mapping: Mapping,
  readings: readonly NoteReading[],
): Promise<ReadonlyMap<string, Verdict>> {
  const notes = readings.filter((reading): reading is NoteRead => reading.kind === 'note');
  const judged = await withParents(
    deps,
    notes.map((note) => ({ mapping, verdict: ownVerdict(mapping, note) })),
  );
  return new Map(notes.map((note, index) => [note.unid, judged[index] as Verdict]));
}

function plain(state: NotesState): Seen {
  return { state, keyValue: null, quarantine: null, blobs: { fields: {}, spooled: [] } };
}
