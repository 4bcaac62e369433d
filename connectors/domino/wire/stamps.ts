/**
 * Domino prints instants as RFC 3339, UTC, in hundredths of a second (`2018-07-30T15:37:34.07Z`), dates as `YYYY-MM-DD`. Other writers of
 * the same notes leave seconds or an offset; one text per instant is needed because stamps are compared as text.
 */
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/i;
const CANONICAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{2}Z$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/;

/** `YYYY-MM-DDTHH:MM:SS.ccZ`, or null when the text is no instant. */
export function canonicalInstant(text: string): string | null {
  // As Domino prints it, which is nearly always: nothing to rewrite.
  if (CANONICAL.test(text) && isoOf(text)?.startsWith(text.slice(0, 22)) === true) return text;
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [, wall = '', fraction = '', zone = 'Z'] = match;
  const offset = /^z$/i.test(zone) ? 'Z' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const millis = Date.parse(`${wall}${offset}`);
  if (Number.isNaN(millis)) return null;
  return `${new Date(millis).toISOString().slice(0, 19)}.${centiseconds(fraction)}Z`;
}

/** An instant, a date or a time in the shapes of `Item.values`; null for anything else. */
export function canonicalDateTime(text: string): string | null {
  if (DATE.test(text)) return text;
  const time = TIME.exec(text);
  if (time === null) return canonicalInstant(text);
  const [, wall = '', fraction = ''] = time;
  const hundredths = centiseconds(fraction);
  return hundredths === '00' ? wall : `${wall}.${hundredths}`;
}

function isoOf(text: string): string | null {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}

const centiseconds = (fraction: string): string => fraction.padEnd(2, '0').slice(0, 2);
