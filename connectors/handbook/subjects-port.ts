import type { HistoryEntry } from './readers-port.ts';
import type { HandbookRecord } from './port.ts';
import type { Fields } from '../../src/sync/values.ts';

/**
 * Port: what the handbook holds about one member, for the member's own rights. A record belongs to the member that its entity's `owner` names, or named
 * last before it was withdrawn or deleted. Every failure is a `HandbookError`.
 */
export interface Subjects {
  /** All of it; journalled. Null when no record ever belonged to the member. Attachments by name and digest. */
  export(request: SubjectRequest): Promise<SubjectExport | null>;

  /** What {@link erase} would do; does nothing. */
  erasable(memberKey: string): Promise<Erasable | null>;

  /** Does what `approve`, the code of {@link erasable}, stands for, and journals it, in one transaction; `changed` when it is not that any more. */
  erase(request: SubjectRequest, approve: string): Promise<Erasable | 'changed' | null>;
}

export interface SubjectRequest {
  readonly memberKey: string;
  readonly by: string;
  readonly reason: string;
}

export interface Erasable {
  readonly memberKey: string;
  /** Stands for these numbers. */
  readonly approve: string;
  readonly erases: {
    /** Former values of records. */
    readonly historyEntries: number;
    /** Answers to mutations that met a conflict: both values. */
    readonly storedAnswers: number;
    /** Withdrawn records with words of the member that wait for a release. */
    readonly heldRecords: number;
    /** Files that the member sent. */
    readonly uploads: number;
  };
  readonly stays: {
    /** Copies of what Notes holds: they go when they are deleted or lose their release there. */
    readonly recordsOfNotes: number;
    /** Who read; without values, until retention takes them. */
    readonly readings: number;
    /** That a mutation was answered, without its content. */
    readonly mutations: number;
  };
}

export interface SubjectExport {
  readonly memberKey: string;
  readonly records: readonly (HandbookRecord & {
    readonly held: Fields;
    readonly updatedAt: string;
    readonly history: readonly HistoryEntry[];
  })[];
  readonly mutations: readonly Readonly<Record<string, unknown>>[];
  /** Readings by others, of this member's records alone. */
  readonly reads: readonly {
    readonly at: string;
    readonly accountId: string;
    readonly role: string;
    readonly operation: string;
    readonly recordIds: readonly string[];
  }[];
  /** By name and digest. */
  readonly uploads: readonly Readonly<Record<string, unknown>>[];
  readonly requests: readonly { readonly at: string; readonly kind: string; readonly reason: string }[];
}
