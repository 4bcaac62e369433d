import type { NotesDateTime } from '../embedded/stored-note.ts';
import { hasOnly, onlyText, type XmlElement } from './xml-tree.ts';

/** ISO basic with hundredths after a comma; the zone is part of the time. Help pages print a blank after the comma. */
const pattern =
  /^(?:(\d{4})(\d{2})(\d{2}))?(?:T(\d{2})(\d{2})(\d{2})(?:,\s*(\d{2}))?([+-]\d{2}(?:\d{2})?)?)?$/;

const empty: NotesDateTime = { date: null, time: null, zone: null, dst: false };

/** `<datetime>`: `YYYYMMDDTHHMMSS,cc±zz`, a date, a time or nothing. Null when it is none of these. */
export function readDateTime(element: XmlElement): NotesDateTime | null {
  const text = element.name === 'datetime' && hasOnly(element, 'dst') ? onlyText(element)?.trim() : undefined;
  const dst = element.attributes.dst ?? 'false';
  if (text === undefined || (dst !== 'true' && dst !== 'false')) return null;
  const parts = pattern.exec(text);
  if (!parts) return null;
  const [, year, month, day, hours, minutes, seconds, hundredths, zone] = parts;
  return {
    ...empty,
    date: year === undefined ? null : `${year}-${month}-${day}`,
    time: hours === undefined ? null : `${hours}:${minutes}:${seconds}.${hundredths ?? '00'}`,
    zone: zone === undefined ? null : zone.padEnd(5, '0'),
    dst: dst === 'true',
  };
}

export function writeDateTime(value: NotesDateTime): string {
  const dst = value.dst ? " dst='true'" : '';
  const date = value.date?.replaceAll('-', '') ?? '';
  const time = value.time === null ? '' : `T${value.time.replaceAll(':', '').replace('.', ',')}`;
  const zone = value.time === null || value.zone === null ? '' : value.zone.replace(/^([+-]\d{2})00$/, '$1');
  const text = `${date}${time}${zone}`;
  return text === '' ? `<datetime${dst}/>` : `<datetime${dst}>${text}</datetime>`;
}

/**
 * Milliseconds since 1970-01-01 UTC; null when there is no date. The clock time is local and the offset already includes daylight saving, so
 * UTC is clock minus offset whatever `dst` says. Without a zone the time is taken for UTC.
 */
export function instantOf(value: NotesDateTime): number | null {
  if (value.date === null) return null;
  const utc = Date.parse(`${value.date}T${value.time ?? '00:00:00.00'}0Z`);
  if (Number.isNaN(utc)) return null;
  const zone = value.zone ?? '+0000';
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return utc - (zone.startsWith('-') ? -offset : offset) * 60_000;
}

/** An instant as a datetime in UTC. */
export function dateTimeOf(instant: number): NotesDateTime {
  const [date = '', time = ''] = new Date(instant).toISOString().split('T');
  return { date, time: time.slice(0, 11), zone: '+0000', dst: false };
}
