import type { NotesDateTime } from '../../stored-note.ts';
import { dateTimeOf, instantOf } from '../../engine/notes-date-time.ts';

/** `YYYY-MM-DDTHH:MM:SS[.cc]` and a zone; trailing zeros of the hundredths are cut, as HCL's answers show (`…:30.2Z`). */
export function jsonTime(value: NotesDateTime): string | null {
  if (value.date === null || value.time === null) return null;
  return `${value.date}T${trimmed(value.time)}${jsonZone(value.zone)}`;
}

/** An instant with the offset given in minutes. */
export function jsonInstant(instant: number, offsetMinutes: number): string {
  const local = new Date(instant + offsetMinutes * 60_000).toISOString();
  const sign = offsetMinutes < 0 ? '-' : '+';
  const hours = Math.floor(Math.abs(offsetMinutes) / 60);
  const zone = `${sign}${pad(hours)}${pad(Math.abs(offsetMinutes) % 60)}`;
  return `${local.slice(0, 11)}${trimmed(local.slice(11, 22))}${jsonZone(zone)}`;
}

export function trimmed(time: string): string {
  return time.includes('.') ? time.replace(/\.?0+$/u, '') : time;
}

function jsonZone(zone: string | null): string {
  if (zone === null || /^[+-]0000$/u.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/iu;

/** A date alone; null when the text is none. */
export function readJsonDate(text: string): NotesDateTime | null {
  if (!DATE.test(text) || Number.isNaN(Date.parse(text))) return null;
  return { date: text, time: null, zone: null, dst: false };
}

/** The instant with the offset it was written with; finer than a hundredth is cut. Null when the text is none. */
export function readJsonTime(text: string): NotesDateTime | null {
  const parts = INSTANT.exec(text);
  if (parts === null || Number.isNaN(Date.parse(text))) return null;
  const [, date = '', clock = '', fraction = '', zone = 'Z'] = parts;
  const time = `${clock.length === 5 ? `${clock}:00` : clock}.${fraction.slice(1, 3).padEnd(2, '0')}`;
  const offset = zone.toUpperCase() === 'Z' ? '+0000' : zone.replace(':', '');
  const value: NotesDateTime = { date, time, zone: offset, dst: false };
  const instant = instantOf(value);
  return instant === null ? null : offset === '+0000' ? dateTimeOf(instant) : value;
}
