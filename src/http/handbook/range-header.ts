import type { ByteRange } from '../../../connectors/handbook/readers-port.ts';

const SINGLE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The one range that `Range` asks for (RFC 9110 §14.2), or null where the whole is to be sent: no range, several, another unit, nonsense, or an
 * `If-Range` with another tag than that of the bytes.
 */
export function askedRange(
  { range, ifRange }: { readonly range: string | undefined; readonly ifRange: string | undefined },
  { tag, size }: { readonly tag: string; readonly size: number },
): ByteRange | null {
  const [, from, to] = SINGLE.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined || (ifRange !== undefined && ifRange !== tag)) return null;
  if (from === '') return to === '' ? null : lastBytes(Number(to), size);
  const [first, last] = [Number(from), to === '' ? null : Number(to)];
  return last !== null && last < first ? null : { first, last };
}

/** The last 0 bytes lie behind the end. */
function lastBytes(count: number, size: number): ByteRange {
  return { first: count === 0 ? size : Math.max(0, size - count), last: null };
}
