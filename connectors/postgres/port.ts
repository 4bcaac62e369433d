import type { Token, Unid } from '../../src/sync/note.ts';
import type {
  Blocked,
  ConflictDraft,
  HandbookSight,
  Intent,
  NotesSight,
  Pair,
  PairStatus,
} from '../../src/sync/pair.ts';
import type { Fields, FieldValue } from '../../src/sync/values.ts';

/**
 * Port: the bridge's own memory (inside zone). Reads see committed state. All writes happen in {@link SyncStore.transaction}, which is the
 * only way to get a {@link SyncTx}; what it returned from is durable. Lists come in the stated order; batches hold at most 1 000 rows.
 */
export interface SyncStore {
  /**
   * Runs `work` in one transaction. With a fence, the transaction commits only if the lease row still carries that fence and has not
   * expired; otherwise it throws {@link LeaseLostError} and nothing is written.
   */
  transaction<T>(fence: LeaseFence | null, work: (tx: SyncTx) => Promise<T>): Promise<T>;

  /** Takes or renews the lease of a link; null while another holder has it. A taken lease gets a new, greater fence; a renewed one keeps it. */
  acquireLease(linkId: string, holder: string, ttlMs: number): Promise<LeaseFence | null>;
  releaseLease(fence: LeaseFence): Promise<void>;
  /** Ends the leases of links whose holder is known to be dead; fences go on growing. */
  endLeasesOfTheDead(linkIds: readonly string[]): Promise<void>;

  /** Makes sure the row of a link exists (mode from configuration); keeps pauses, brakes and approval. */
  registerLink(link: {
    readonly linkId: string;
    readonly mode: LinkMode;
    readonly replicaSet: string;
  }): Promise<void>;
  /** In id order. */
  links(): Promise<readonly LinkRow[]>;
  link(linkId: string): Promise<LinkRow | null>;

  pairsById(pairIds: readonly string[]): Promise<readonly Pair[]>;
  pairsByUnid(replicaSet: string, unids: readonly Unid[]): Promise<readonly Pair[]>;
  pairsByRecord(recordIds: readonly string[]): Promise<readonly Pair[]>;
  /** Pairs of an entity in any link by business key; tombstones excluded. */
  pairsByKey(entity: string, keys: readonly string[]): Promise<readonly Pair[]>;
  /** Pairs of a link whose parent has one of these keys; tombstones excluded. */
  pairsByParentKey(linkId: string, keys: readonly string[]): Promise<readonly Pair[]>;
  /** Pending, unblocked pairs: those with a note first, in (entity order as given, id) order; then those without one, likewise. */
  pendingPairs(linkId: string, entityOrder: readonly string[], limit: number): Promise<readonly Pair[]>;
  /** Pairs with a UNID, not tombstones, in UNID order after `after`. */
  pairsAfterUnid(linkId: string, after: Unid | null, limit: number): Promise<readonly Pair[]>;
  /** Pairs of a link in id order after `after`, any status. */
  pairsAfter(
    linkId: string,
    after: string | null,
    limit: number,
    status?: readonly PairStatus[],
  ): Promise<readonly Pair[]>;
  tombstonesByUnid(replicaSet: string, unids: readonly Unid[]): Promise<readonly Tombstone[]>;
  tombstonesByKey(entity: string, keys: readonly string[]): Promise<readonly Tombstone[]>;

  intents(pairIds: readonly string[]): Promise<readonly Intent[]>;
  openConflicts(pairIds: readonly string[]): Promise<readonly ConflictRow[]>;
  /** Newest first. */
  conflicts(filter: {
    readonly linkId?: string;
    readonly state?: ConflictRow['state'];
    readonly limit: number;
  }): Promise<readonly ConflictRow[]>;
  conflict(id: string): Promise<ConflictRow | null>;
  /** Open quarantine rows, newest first. */
  quarantined(filter: {
    readonly linkId?: string;
    readonly limit: number;
  }): Promise<readonly QuarantineRow[]>;

  checkpoint(linkId: string, instanceId: string): Promise<Checkpoint | null>;
  /** What tells this bridge's marks in Notes from another bridge's; the same for ever. */
  owner(): Promise<string>;
  /** What is known of the marks in a link's instances, in instance id order. */
  instances(linkId: string): Promise<readonly InstanceRow[]>;
  /** Effects journalled for a link since an instant, by lane. */
  effectsSince(
    linkId: string,
    since: string,
  ): Promise<{ readonly deletes: number; readonly updates: number }>;
  counts(linkId: string): Promise<LinkCounts>;
  /** How many pairs (of any link) have a live or hidden record of these entities. */
  boundRecords(entities: readonly string[]): Promise<number>;
  preview(id: string): Promise<PreviewRow | null>;
  previews(linkId: string, limit: number): Promise<readonly PreviewRow[]>;
  /** Where notes of a link departed from its mappings, by form, item, kind. */
  drift(linkId: string): Promise<readonly DriftRow[]>;
  /** Ascending by sequence, after `afterSequence`. */
  journal(linkId: string, afterSequence: number, limit: number): Promise<readonly JournalRow[]>;
  journalOfPair(pairId: string): Promise<readonly JournalRow[]>;
}

export interface SyncTx {
  /** Inserts pairs; one whose UNID or record id is already bound is left alone. Returns the ids inserted. */
  insertPairs(rows: readonly NewPair[]): Promise<ReadonlySet<string>>;
  /** Binds the notes of pairs that never crossed to records that exist. A join whose versions do not match, or whose record is bound elsewhere, is left out; returns the ids joined. */
  joinPairs(joins: readonly PairJoin[]): Promise<ReadonlySet<string>>;
  /** Applies patches whose `version` still matches, bumping it; returns the ids that did not match (their observation must be discarded). */
  updatePairs(patches: readonly PairPatch[]): Promise<ReadonlySet<string>>;
  /** Clears `blocked` of all pairs of the link that carry this reason. */
  unblock(linkId: string, reason: Blocked): Promise<number>;

  putIntents(intents: readonly Intent[]): Promise<void>;
  deleteIntents(opIds: readonly string[]): Promise<void>;

  /** Inserts conflicts; the same field's open conflict of the pair is updated with the newest values instead of doubled; a repeat of a closed one with the same dedupe key is left alone. */
  putConflicts(rows: readonly NewConflict[]): Promise<void>;
  closeConflicts(
    ids: readonly string[],
    how: {
      readonly state: 'resolved' | 'obsolete';
      readonly choice: string;
      readonly by: string;
      readonly at: string;
      /** A person decides once more: what is resolved already takes the new choice. */
      readonly anew?: boolean;
    },
  ): Promise<void>;

  putQuarantine(rows: readonly NewQuarantine[]): Promise<void>;
  /** Closes open quarantine rows of these pairs. */
  clearQuarantine(pairIds: readonly string[]): Promise<void>;

  putTombstones(rows: readonly Tombstone[]): Promise<void>;

  /** Appends to the link's hash chain (the store computes sequence and hashes, see journal-chain.ts). */
  appendJournal(linkId: string, entries: readonly JournalEntry[]): Promise<void>;

  setCheckpoint(checkpoint: Checkpoint): Promise<void>;
  putInstance(row: InstanceRow): Promise<void>;
  /** Forgets what state the link's notes were seen in (tombstones excluded): they come from another file. Returns how many pairs there were. */
  forgetTokens(linkId: string): Promise<number>;
  /** Makes every pair of these forms pending that is live, missing or set aside. Returns how many there were. */
  lookAgain(linkId: string, forms: readonly string[]): Promise<number>;
  /** Makes the bases of the link's pairs doubtful (`baseMapping` '') and the pairs pending; the values stay until they are planned anew. */
  doubtBases(linkId: string): Promise<number>;
  patchLink(linkId: string, patch: Partial<Omit<LinkRow, 'linkId' | 'replicaSet'>>): Promise<void>;
  /** Adds to what is counted of the same departure; under another version of the mapping its count begins anew. */
  addDrift(linkId: string, rows: readonly NewDrift[]): Promise<void>;
  putPreview(row: PreviewRow): Promise<void>;
  decidePreview(
    id: string,
    decision: { readonly by: string; readonly at: string; readonly reason: string },
  ): Promise<void>;

  /** With `keepLosers`, what a deletion took the place of stays in the pairs' conflicts (kind `edit-against-delete`). Leaves the rows' versions alone. Erases every trace of content of these pairs from pairs (base, key, parentKey), intents, conflicts, quarantine details and previews, and destroys the journal keys of their records. */
  eraseContent(pairIds: readonly string[], keepLosers?: boolean): Promise<void>;
}

export type LinkMode = 'observe' | 'pull' | 'propose' | 'sync';

export interface LinkRow {
  readonly linkId: string;
  readonly replicaSet: string;
  readonly mode: LinkMode;
  readonly pausedPull: boolean;
  readonly pausedPush: boolean;
  /** The first run was found harmless or approved by a person. */
  readonly approved: boolean;
  /** Id of the preview that lists what the braked lane would do; null = not braked. */
  readonly brakeUpdates: string | null;
  readonly brakeDeletes: string | null;
  /** Until when a released lane may pass its limit (ISO). */
  readonly releasedUntil: string | null;
  readonly handbookCursor: { readonly epoch: string; readonly position: string } | null;
  /** The instance that the link worked with last; null before its first pass. */
  readonly activeInstance: string | null;
  /** The instance that it shall work with; null = the first of the configuration. */
  readonly wantedInstance: string | null;
  /** Why a side seems to have been restored or replaced: nothing but withdrawals happens until a person releases the link. Null = no reason to think so. */
  readonly suspect: string | null;
  readonly suspectAt: string | null;
  /** Prints of the mappings of the last pass; null = none yet. */
  readonly mappingsKnown: string | null;
  /** A mapping changed, and what that would change is not listed yet. */
  readonly mappingChanged: boolean;
  /** UNID after which the running sweep goes on; null = no sweep running. */
  readonly sweepAfter: Unid | null;
  readonly sweepDue: boolean;
  readonly sweptAt: string | null;
  readonly pulledAt: string | null;
  readonly pushedAt: string | null;
  /** Consecutive failures to reach the server, and until when the link rests. */
  readonly failures: number;
  readonly failedAt: string | null;
  readonly failureCode: string | null;
  readonly restsUntil: string | null;
}

export interface NewPair {
  readonly id: string;
  readonly linkId: string;
  readonly replicaSet: string;
  readonly unid: Unid | null;
  readonly recordId: string;
  readonly entity: string;
  readonly form: string;
  readonly bornIn: 'notes' | 'handbook';
  readonly status: PairStatus;
  readonly reason: string | null;
  readonly seenNotes: Token | null;
  readonly seenSettled: boolean;
  readonly notesSight: NotesSight;
  readonly seenHandbook: number;
  readonly handbookSight: HandbookSight;
  readonly pending: boolean;
  readonly parentKey: string | null;
}

/** A pair that never crossed (`new`, `withheld`) and takes over a record: the one that nobody is bound to, or another pair's. */
export interface PairJoin
  extends Pick<
    Pair,
    | 'id'
    | 'version'
    | 'recordId'
    | 'key'
    | 'seenHandbook'
    | 'handbookSight'
    | 'bornIn'
    | 'base'
    | 'baseMapping'
  > {
  /** The pair that had the record. Without a note it goes, with what is quarantined of it (not while intents or conflicts hang on it); with one it becomes a tombstone under `retiredRecordId`. */
  readonly from: {
    readonly id: string;
    readonly version: number;
    readonly retiredRecordId: string | null;
  } | null;
}

/** `version` is the one that was read; fields left out stay. */
export type PairPatch = { readonly id: string; readonly version: number } & Partial<
  Omit<Pair, 'id' | 'version' | 'linkId' | 'replicaSet' | 'recordId' | 'bornIn'>
>;

export interface NewConflict extends ConflictDraft {
  readonly id: string;
  readonly pairId: string;
  readonly linkId: string;
  readonly at: string;
  /** Token and version of the two observations: the same clash seen twice is one row. */
  readonly dedupe: string;
}

export interface ConflictRow extends NewConflict {
  readonly unid: Unid | null;
  readonly recordId: string;
  readonly entity: string;
  /** `open`: a person must decide. `settled`: the policy decided, the loser is kept. `resolved`, `obsolete` (the sides agree again). */
  readonly state: 'open' | 'settled' | 'resolved' | 'obsolete';
  readonly closedBy: string | null;
  readonly closedAt: string | null;
  readonly choice: string | null;
}

export interface NewQuarantine {
  readonly id: string;
  readonly pairId: string;
  readonly linkId: string;
  /** Stable reason code; `detail` names fields and items, never values. */
  readonly code: string;
  readonly detail: string;
  readonly at: string;
}

export interface QuarantineRow extends NewQuarantine {
  readonly unid: Unid | null;
  readonly recordId: string;
  readonly entity: string;
  readonly form: string;
}

export interface Tombstone {
  readonly replicaSet: string;
  readonly unid: Unid | null;
  readonly recordId: string;
  readonly entity: string;
  readonly key: string | null;
  /** `stub`, `operator`, `handbook`. */
  readonly evidence: string;
  readonly at: string;
}

export interface Checkpoint {
  readonly linkId: string;
  readonly instanceId: string;
  /** All changes before this server second are in `seen`; null = nothing yet. */
  readonly watermark: string | null;
  /** Greatest server stamp seen and our own instant when it was first seen: together a lower bound of the server's time. */
  readonly greatestStamp: string | null;
  readonly greatestSeenAt: string | null;
}

/** The mark that one instance of a link should carry. */
export interface InstanceRow {
  readonly linkId: string;
  readonly instanceId: string;
  /** Of the newest mark that is known to have been written; 0 = none yet. */
  readonly generation: number;
  readonly nonce: string;
  /** Nonce of the next generation while nobody knows whether its write landed. */
  readonly coming: string | null;
  /** The note that carries the mark. */
  readonly unid: Unid | null;
  readonly markedAt: string | null;
  /** A person released the link: what is found in the file is accepted once, and marked anew. */
  readonly trusted: boolean;
}

export interface JournalEntry {
  readonly at: string;
  readonly passId: string;
  readonly pairId: string | null;
  readonly recordId: string | null;
  readonly unid: Unid | null;
  /** What happened: `create-record`, `update-record`, `hide-record`, `remove-record`, `withdraw-record`, `create-note`, `update-note`, `delete-note`, `adopt`, `conflict`, `resolve`, `quarantine`, `detach`, `tombstone`, `brake`, `release`, `approve`, `pause`, `resume`, … */
  readonly event: string;
  readonly rule: string;
  /** Field names touched. */
  readonly fields: readonly string[];
  /** The values, only to be digested with the record's own key; never stored. */
  readonly values: Fields | null;
  /** Operator's name where a person decided; a reason given by a person. */
  readonly by: string | null;
  readonly reason: string | null;
}

export interface JournalRow extends Omit<JournalEntry, 'values'> {
  readonly linkId: string;
  readonly sequence: number;
  readonly digest: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

export interface LinkCounts {
  readonly pairs: number;
  readonly live: number;
  /** Pending and not blocked. */
  readonly runnable: number;
  /** Live pairs with a change seen and not yet brought over (pending), blocked ones included: what an update lane has in front of it. */
  readonly pendingUpdates: number;
  /** Pending pairs whose note is gone, missing or hidden by Readers, or whose record was deleted. */
  readonly pendingDeletes: number;
  /** Pending pairs whose note was seen in a state that the record does not reflect. */
  readonly pendingFromNotes: number;
  /** Pending pairs whose record was seen in a version that the note does not reflect. */
  readonly pendingFromHandbook: number;
  readonly withheld: number;
  readonly withdrawn: number;
  readonly missing: number;
  readonly detached: number;
  readonly tombstones: number;
  readonly openConflicts: number;
  readonly quarantined: number;
  readonly openIntents: number;
  /** Of these, what may have happened of each lane and is not in the journal: hidings and deletions, changes. */
  readonly openDeletes: number;
  readonly openUpdates: number;
  readonly blocked: Readonly<Partial<Record<Blocked, number>>>;
  readonly withheldByReason: Readonly<Record<string, number>>;
}

export interface PreviewRow {
  readonly id: string;
  readonly linkId: string;
  readonly at: string;
  /** `first-run`, `updates`, `deletes`, `manual`. */
  readonly lane: string;
  readonly entries: readonly PreviewEntry[];
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}

export interface PreviewEntry {
  readonly pairId: string;
  readonly recordId: string;
  readonly unid: Unid | null;
  readonly entity: string;
  readonly event: string;
  readonly rule: string;
  readonly fields: readonly string[];
}

export interface LeaseFence {
  readonly linkId: string;
  readonly holder: string;
  readonly fence: number;
  /** Our clock (ms); conservative: not later than the row's expiry. */
  readonly expiresAt: number;
}

export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

export type { FieldValue };

/** A departure from a mapping (see `Departure` of the core), as often as one pass met it. */
export type NewDrift = {
  readonly form: string;
  readonly item: string;
  readonly kind: string;
  readonly expected: string;
  readonly seen: string;
  /** Version of the mapping; empty where none is for the form. */
  readonly mapping: string;
  readonly notes: number;
};

export interface DriftRow extends NewDrift {
  readonly firstAt: string;
  readonly lastAt: string;
}
