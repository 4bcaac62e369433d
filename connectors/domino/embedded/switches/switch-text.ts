export interface SwitchText {
  /** What public sources leave open or contradict each other on. */
  readonly question: string;
  readonly source: string;
}
