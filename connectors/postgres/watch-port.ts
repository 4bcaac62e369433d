import type { Unid } from '../../src/sync/note.ts';
import type { PairStatus } from '../../src/sync/pair.ts';
import type { JournalRow, LinkMode } from './port.ts';

/**
 * Port: what operators see of the bridge's own memory, and the books kept for them (samples, passes). Reads committed state; never holds
 * content of a withheld note, because no base, conflict or preview does. Instants are ISO texts; lists come in the stated order.
 */
export interface Watch {
  /** Every link with what waits in it, in id order; one statement. */
  summaries(): Promise<readonly LinkSummary[]>;

  /** Samples of one link, or the sum over all (`lagSeconds`: the worst), oldest first, at most one point per `stepSeconds`. */
  series(query: SeriesQuery): Promise<readonly SeriesPoint[]>;
  /** Where the checkpoint of a link stood, newest first, one row per change. */
  checkpoints(linkId: string, limit: number): Promise<readonly CheckpointAt[]>;
  /** Writes down what every link looks like in this minute; repeatable within it. Returns how many links were new to it. */
  takeSample(at: Date): Promise<number>;
  /** Draws minutes older than two days together into half hours, and forgets what is older than 31 days; passes likewise. Returns how many rows went. */
  forgetSamples(now: Date): Promise<number>;

  /** Passes that did something, failed or run just now, newest first. */
  passes(linkId: string, limit: number): Promise<readonly PassRow[]>;
  /** Passes of any link that gave a sign of life within half a minute, newest first. */
  runningPasses(now: Date): Promise<readonly PassRow[]>;
  putPass(row: PassRow): Promise<void>;

  /** Pairs in id order after `after`: the list behind a number. */
  documents(filter: DocumentFilter): Promise<readonly DocumentHead[]>;
  /** By UNID, record id, pair id or business key; else by a text in the values both sides are known to hold (case ignored). */
  findDocuments(query: string, limit: number): Promise<readonly DocumentHead[]>;

  /** Newest first, before `before` (exclusive) where given. */
  searchJournal(filter: JournalFilter): Promise<readonly JournalRow[]>;

  /** Who asked for the release of these previews and waits for a second person. */
  releaseRequests(): Promise<readonly ReleaseRequest[]>;
  /** Keeps the first request for a preview; answers the one that stands. */
  putReleaseRequest(request: ReleaseRequest): Promise<ReleaseRequest>;
}

export interface LinkSummary {
  readonly linkId: string;
  readonly mode: LinkMode;
  readonly approved: boolean;
  readonly pausedPull: boolean;
  readonly pausedPush: boolean;
  readonly brakeUpdates: string | null;
  readonly brakeDeletes: string | null;
  readonly suspect: string | null;
  readonly suspectAt: string | null;
  readonly mappingChanged: boolean;
  readonly activeInstance: string | null;
  readonly pulledAt: string | null;
  readonly pushedAt: string | null;
  readonly sweptAt: string | null;
  readonly failures: number;
  readonly failedAt: string | null;
  readonly failureCode: string | null;
  readonly restsUntil: string | null;
  readonly pairs: number;
  readonly live: number;
  /** Changes seen in Notes and not yet brought across, and the other way; those that a person or an error holds back are not counted. */
  readonly waitingHandbook: number;
  readonly waitingNotes: number;
  readonly runnable: number;
  readonly conflicts: number;
  readonly oldestConflictAt: string | null;
  readonly quarantined: number;
  readonly oldestQuarantineAt: string | null;
  readonly withheld: number;
  readonly withdrawn: number;
  readonly missing: number;
  readonly detached: number;
  /** Since when the sides have not been known to agree; null = they are, as far as the last look goes. */
  readonly behindSince: string | null;
}

export interface SeriesQuery {
  readonly linkId: string | null;
  readonly from: Date;
  readonly stepSeconds: number;
}

export interface SeriesPoint {
  readonly at: string;
  /** Documents brought across in this step. */
  readonly toHandbook: number;
  readonly toNotes: number;
  /** At most, within the step. */
  readonly waiting: number;
  readonly lagSeconds: number | null;
}

export interface CheckpointAt {
  readonly at: string;
  readonly watermark: string | null;
}

export interface PassRow {
  readonly passId: string;
  readonly linkId: string;
  readonly kind: string;
  readonly startedAt: string;
  /** Last sign of life. */
  readonly seenAt: string;
  readonly finishedAt: string | null;
  /** `done`, or the code of the failure; null while it runs. */
  readonly outcome: string | null;
  readonly phase: string | null;
  readonly done: number | null;
  readonly estimated: number | null;
  readonly counts: Readonly<Record<string, number>>;
  /** Calls of the Domino port, those of them that write, and bytes of the content that came and went. */
  readonly calls: number;
  readonly writes: number;
  readonly bytes: number;
}

export interface DocumentFilter {
  readonly linkId: string | null;
  readonly state: DocumentState | null;
  readonly reason: string | null;
  readonly after: string | null;
  readonly limit: number;
}

export const DOCUMENT_STATES = [
  'waiting',
  'waiting-handbook',
  'waiting-notes',
  'live',
  'withheld',
  'withdrawn',
  'missing',
  'detached',
  'tombstone',
  'held',
] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

export interface DocumentHead {
  readonly pairId: string;
  readonly linkId: string;
  readonly unid: Unid | null;
  readonly recordId: string;
  readonly entity: string;
  readonly form: string;
  /** Business key; null until known, and where the gate keeps the note back. */
  readonly key: string | null;
  readonly status: PairStatus;
  readonly reason: string | null;
  readonly blocked: string | null;
  readonly pending: boolean;
}

export interface JournalFilter {
  readonly linkId: string | null;
  readonly event: string | null;
  readonly by: string | null;
  /** Only what a person decided. */
  readonly people: boolean;
  /** UNID, record id, pair id or pass id. */
  readonly about: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  /** Place of the last row of the page before. */
  readonly before: { readonly at: Date; readonly linkId: string; readonly sequence: number } | null;
  readonly limit: number;
}

export interface ReleaseRequest {
  readonly previewId: string;
  readonly linkId: string;
  readonly askedBy: string;
  readonly at: string;
  readonly reason: string;
}
