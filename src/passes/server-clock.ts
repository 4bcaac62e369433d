/** The server's time as known from below: the greatest stamp it showed and when we first saw it. */
export interface ServerClock {
  readonly greatestStamp: string | null;
  /** Our clock, ms. */
  readonly greatestSeenAtMs: number | null;
  readonly nowMs: number;
}
