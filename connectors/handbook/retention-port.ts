/** Port: what the handbook forgets with age. Every failure is a `HandbookError`. */
export interface Retention {
  /** Removes at most so many rows of each kind; says how many. Repeatable: what is left goes the next time. */
  forget(before: RetentionLimits, most: number): Promise<Forgotten>;
}

/** Instants in milliseconds since 1970; null = keep. */
export interface RetentionLimits {
  readonly recordHistory: number | null;
  readonly readAudit: number | null;
  /** The values in them; that they were given stays, or a repeated mutation would have its effect twice. */
  readonly mutationAnswers: number | null;
}

export type Forgotten = Readonly<Record<keyof RetentionLimits, number>>;
