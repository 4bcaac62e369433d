/** Port: which report in Notes stands for which conflict (inside zone). Single statements, each durable when it returns. */
export interface ReportBook {
  /** Reports of a link that are not closed, in no order. */
  open(linkId: string): Promise<readonly KnownReport[]>;
  /** Says that a report is about to be made. Repeatable. */
  expect(linkId: string, conflictId: string): Promise<void>;
  /** Says which document it became. Repeatable. */
  bind(conflictId: string, unid: string): Promise<void>;
  /** The report is closed, or its document is gone. Repeatable. */
  forget(conflictId: string): Promise<void>;
}

export interface KnownReport {
  readonly conflictId: string;
  /** Null: it was to be made, and nobody knows whether it was. */
  readonly unid: string | null;
}
