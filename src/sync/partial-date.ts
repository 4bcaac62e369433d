/** Dates of people: plain calendar days, never instants (the zone of Hà Nội was not always +07:00). Old records know only a year or a month. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const PARTIAL = /^\d{4}(?:-\d{2}){0,2}$/;
const DAY_FIRST = /^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$/;
const YEAR_FIRST = /^(\d{4})(?:[/.-](\d{1,2})(?:[/.-](\d{1,2}))?)?$/;

/** `YYYY-MM-DD` and a day that exists. */
export function isDate(text: string): boolean {
  const parts = DAY.exec(text);
  return parts !== null && dayExists(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and it exists. */
export function isPartialDate(text: string): boolean {
  if (!PARTIAL.test(text)) return false;
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return dayExists(year, month, day);
}

/**
 * Reads a date as people type it: `dd/MM/yyyy`, `MM/yyyy`, `yyyy` (also with `-` or `.`, one-digit days and months) or year first.
 * Day comes before month, as in Việt Nam. Blanks around it are ignored. Null when it is not a date; years always have four digits.
 */
export function readPartialDate(typed: string): string | null {
  const text = typed.trim();
  const dayFirst = DAY_FIRST.exec(text);
  const yearFirst = dayFirst ? null : YEAR_FIRST.exec(text);
  const [year, month, day] = dayFirst
    ? [dayFirst[3], dayFirst[2], dayFirst[1]]
    : [yearFirst?.[1], yearFirst?.[2], yearFirst?.[3]];
  if (year === undefined) return null;
  const date = [year, month, day].filter((part) => part !== undefined).map((part) => part.padStart(2, '0'));
  const written = date.join('-');
  return isPartialDate(written) ? written : null;
}

/** The way people write it in Việt Nam: `dd/MM/yyyy`, `MM/yyyy`, `yyyy`. */
export function writePartialDate(date: string): string {
  return date.split('-').toReversed().join('/');
}

function dayExists(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day <= days;
}
