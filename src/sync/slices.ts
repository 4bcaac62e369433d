/** Half-open interval of server time in whole seconds; null = open. */
export interface Interval {
  readonly from: string | null;
  readonly to: string | null;
}

/** Before the first Notes database there was nothing to change, save by a machine whose clock was wrong. */
const EARLIEST = Date.UTC(1989, 0, 1);
/** The years that a stamp of four digits can name. */
const FLOOR = Date.parse('0001-01-01T00:00:00Z');
const CEILING = Date.parse('9999-12-31T23:59:59Z');
const SECOND = 1000;
/** Stamps in an answer may mislead; each part is at most this share smaller than the whole allows, so that the number of cuts stays logarithmic. */
const LEAST_PART = 1 / 16;

export type SplitResult =
  | { readonly kind: 'complete' }
  | { readonly kind: 'split'; readonly parts: readonly [Interval, Interval] }
  /** One server second holds more than a call answers. */
  | { readonly kind: 'overfull-second'; readonly second: Interval };

/**
 * [SL1] What to do with an answer that may be incomplete: cut the interval at the middle of what was seen of it. `hints` are stamps from the
 * answer (they may lie outside: the way in may report another stamp than the one it searches by), `nowMs` is our clock; both only choose where to cut.
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
  const [low, high] = boundsOf(slice, stamps, nowMs);
  if (high - low <= SECOND) return { kind: 'overfull-second', second: slice };
  const inside = stamps.filter((stamp) => stamp >= low && stamp < high).sort((a, b) => a - b);
  const median =
    inside.length * 2 >= stamps.length && inside.length > 0
      ? inside[Math.floor(inside.length / 2)]
      : undefined;
  const least = (high - low) * LEAST_PART;
  const middle = Math.min(Math.max(median ?? low + (high - low) / 2, low + least), high - least);
  const cut = wholeSecond(Math.min(Math.max(floorSecond(middle), low + SECOND), high - SECOND));
  return {
    kind: 'split',
    parts: [
      { from: slice.from, to: cut },
      { from: cut, to: slice.to },
    ],
  };
}

/** Where a slice may be cut, in whole seconds. An open end reaches as far again past our clock as the last cut did: a server's clock may be years ahead. */
function boundsOf(slice: Interval, stamps: readonly number[], nowMs: number): readonly [number, number] {
  const to = slice.to === null ? null : Date.parse(slice.to);
  const earliest = to !== null && to - EARLIEST <= SECOND ? FLOOR : EARLIEST;
  const low = slice.from === null ? earliest : Date.parse(slice.from);
  if (to !== null) return [low, to];
  const beyond = Math.max(...stamps, nowMs, low + Math.max(0, low - nowMs)) + 2 * SECOND;
  return [low, Math.min(floorSecond(beyond), CEILING + SECOND)];
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
 *
 * Sound as long as `greatestSeenAtMs` is not before that stamp's answer came and `nowMs` not after the question was sent whose answer is judged: otherwise
 * a slow answer looks like an old one.
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

export function floorSecond(ms: number): number {
  return Math.floor(ms / SECOND) * SECOND;
}

export function wholeSecond(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
