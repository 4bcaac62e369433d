import type { NotesDateTime } from '../stored-note.ts';
import { toTick } from '../engine/notes-clock.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { badRequest } from './domino-db-error.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const TIME = /^(\d{2}:[0-5]\d:[0-5]\d)(?:\.(\d{1,2}))?$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u;

/** RFC 3339 instants (kept to the hundredth), dates or times; one kind a list. Throws ERR_BAD_REQUEST. */
export function parseDateTimes(itemName: string, texts: readonly string[]): NotesDateTime[] {
  const parsed = texts.map((text) => parse(text));
  const valid = parsed.filter((value) => value !== null);
  if (valid.length < parsed.length) {
    throw badRequest(`Cannot convert document. Item "${itemName}" holds a datetime that is no RFC 3339 text`);
  }
  const kinds = new Set(valid.map(({ date, time }) => `${date === null} ${time === null}`));
  if (kinds.size > 1) {
    throw badRequest(`Cannot convert document. Item "${itemName}" mixes dates, times and instants`);
  }
  return valid;
}

function parse(text: string): NotesDateTime | null {
  if (DATE.test(text)) {
    return isRealDate(text) ? { date: text, time: null, zone: null, dst: false } : null;
  }
  const time = TIME.exec(text);
  if (time !== null) {
    const [, clock = '', hundredths = ''] = time;
    if (clock >= '24') return null;
    return { date: null, time: `${clock}.${hundredths.padEnd(2, '0')}`, zone: null, dst: false };
  }
  if (!INSTANT.test(text) || !isRealDate(text.slice(0, 10))) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : dateTimeOf(toTick(instant));
}

/** `Date.parse` moves 31 February on into March. */
function isRealDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
