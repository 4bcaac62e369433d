/** Half-open interval of server time in whole seconds; null = open. */
export interface Interval {
  readonly from: string | null;
  readonly to: string | null;
}

/** Before the first Notes database there was nothing to change. */
const EARLIEST = Date.UTC(1989, 0, 1);
const SECOND = 1000;

export type SplitResult =
  | { readonly kind: 'complete' }
  | { readonly kind: 'split'; readonly parts: readonly [Interval, Interval] }
  /** One server second holds more than a call answers. */
  | { readonly kind: 'overfull-second'; readonly second: Interval };

/**
 * [SL1] What to do with an answer that may be incomplete: cut the interval at the middle of what was seen of it. `hints` are stamps from the
 * answer (they may lie outside: the way in may report another stamp than the one it searches by), `nowMs` is our clock, used only to choose where to cut.
 */
export function splitSlice(
  slice: Interval,
  total: number,
  received: number,
  hints: readonly string[],
  nowMs: number,
): SplitResult {
  if (total <= received) return { kind: 'complete' };
  const stamps = hints.map((stamp) => Date.parse(stamp)).filter(Number.isFinite);
  const low = slice.from === null ? EARLIEST : Date.parse(slice.from);
  const high = slice.to === null ? Math.max(...stamps, nowMs, low) + 2 * SECOND : Date.parse(slice.to);
  if (high - low <= SECOND)
    return { kind: 'overfull-second', second: { from: wholeSecond(low), to: wholeSecond(low + SECOND) } };
  const inside = stamps.filter((stamp) => stamp >= low && stamp < high).sort((a, b) => a - b);
  const median =
    inside.length * 2 >= stamps.length && inside.length > 0
      ? inside[Math.floor(inside.length / 2)]
      : undefined;
  const middle = floorSecond(median ?? low + (high - low) / 2);
  const cut = wholeSecond(Math.min(Math.max(middle, low + SECOND), Math.max(high - SECOND, low + SECOND)));
  return {
    kind: 'split',
    parts: [
      { from: slice.from, to: cut },
      { from: cut, to: slice.to },
    ],
  };
}

/** [SL2] Where the next pull begins: the watermark less the overlap, for what becomes visible late. */
export function pullFrom(watermark: string | null, overlapSeconds: number): string | null {
  return watermark === null ? null : wholeSecond(Date.parse(watermark) - overlapSeconds * SECOND);
}

export interface WatermarkInput {
  readonly current: string | null;
  readonly slice: Interval;
  readonly greatestStamp: string | null;
  readonly settleSeconds: number;
  readonly nowMs: number;
}

/**
 * [SL3] The watermark after a slice was completely written to `seen`. It comes from server stamps alone, stays `settleSeconds` behind the greatest
 * seen, never goes back, and [SL4] never follows a stamp more than 24 h ahead of our clock: `ahead` then asks for a sweep.
 */
export function nextWatermark(input: WatermarkInput): {
  readonly watermark: string | null;
  readonly ahead: boolean;
} {
  const horizon = input.nowMs + 24 * 3600 * SECOND;
  const greatest = input.greatestStamp === null ? null : Date.parse(input.greatestStamp);
  const ahead = greatest !== null && greatest > horizon;
  const candidates: number[] = [];
  if (input.current !== null) candidates.push(Date.parse(input.current));
  const reach = greatest === null ? null : Math.min(greatest, horizon) - input.settleSeconds * SECOND;
  if (reach !== null && !ahead)
    candidates.push(input.slice.to === null ? reach : Math.min(reach, Date.parse(input.slice.to)));
  if (candidates.length === 0) return { watermark: null, ahead };
  return { watermark: wholeSecond(floorSecond(Math.max(...candidates))), ahead };
}

/** Greatest of a known stamp and new ones; stamps beyond 24 h ahead of our clock are left out so that one wrong clock does not stop the rest. */
export function greatestStamp(known: string | null, stamps: readonly string[], nowMs: number): string | null {
  let greatest = known;
  for (const stamp of stamps) {
    const at = Date.parse(stamp);
    if (!Number.isFinite(at) || at > nowMs + 24 * 3600 * SECOND) continue;
    if (greatest === null || at > Date.parse(greatest)) greatest = stamp;
  }
  return greatest;
}

/**
 * [SL5] A time-based token justifies a skip only when it was read at least two seconds after its own stamp: a second save within the stamp's
 * resolution would carry the same token. The server's time is known only from below: the greatest stamp seen plus the time since we saw it.
 */
export function tokenSettled(
  kind: 'oid' | 'modified' | 'etag',
  stamp: string,
  clock: { greatestStamp: string | null; greatestSeenAtMs: number | null; nowMs: number },
): boolean {
  if (kind === 'oid') return true;
  if (clock.greatestStamp === null || clock.greatestSeenAtMs === null) return false;
  const serverAtLeast = Date.parse(clock.greatestStamp) + Math.max(0, clock.nowMs - clock.greatestSeenAtMs);
  return Date.parse(stamp) + 2 * SECOND <= serverAtLeast;
}

function floorSecond(ms: number): number {
  return Math.floor(ms / SECOND) * SECOND;
}

function wholeSecond(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
