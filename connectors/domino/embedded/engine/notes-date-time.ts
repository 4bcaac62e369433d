import type { NotesDateTime } from '../stored-note.ts';

/** An instant, kept as UTC wall time with the zone `+0000`. */
export function dateTimeOf(instant: number): NotesDateTime {
  const text = new Date(instant).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 22), zone: '+0000', dst: false };
}

/**
 * Milliseconds since 1970 UTC, or null when the value is not an instant (date only, time only, empty). The printed zone already contains
 * daylight saving (checked on real exports); a value without zone is UTC, as a query takes it.
 */
export function instantOf(value: NotesDateTime): number | null {
  if (value.date === null || value.time === null) return null;
  const zone = value.zone ?? '+0000';
  const instant = Date.parse(`${value.date}T${value.time}${zone.slice(0, 3)}:${zone.slice(3) || '00'}`);
  return Number.isNaN(instant) ? null : instant;
}

/** `YYYY-MM-DDTHH:MM:SS.ccZ`. */
export function formatInstant(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 22)}Z`;
}
