/** Port: who read records of other people. Rows are only ever added, and go with age. Every failure is a `HandbookError`. */
export interface ReadAudit {
  /** Newest first. */
  reads(query: ReadAuditQuery): Promise<readonly ReadEntry[]>;
}

export type ReadOperation = 'get' | 'history' | 'list' | 'search' | 'feed' | 'blob' | 'mutate';

export interface ReadAuditQuery {
  /** Only readings of this record. */
  readonly recordId?: string;
  /** Only readings of records that belong to the member with this key. */
  readonly memberKey?: string;
  readonly accountId?: string;
  /** Only rows older than the one with this id. */
  readonly before?: number;
  readonly limit: number;
}

export interface ReadEntry {
  readonly id: number;
  /** Instant (ISO). */
  readonly at: string;
  readonly accountId: string;
  readonly role: string;
  /** The member that the account is or, for a service, acted for; null for none. */
  readonly memberKey: string | null;
  readonly operation: ReadOperation;
  /** What was answered and belongs to somebody else. */
  readonly recordIds: readonly string[];
}
