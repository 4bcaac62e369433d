import type { NotesDateTime } from '../stored-note.ts';
import { DqlError } from './dql-error.ts';

/**
 * A stretch of time, half-open, in milliseconds: of `instant` since 1970-01-01 UTC, of `clock` since midnight UTC.
 * One centisecond long for a full value, a day for a date without a time.
 */
export interface Moment {
  readonly kind: 'instant' | 'clock';
  readonly from: number;
  readonly to: number;
  /** A date or a time alone. */
  readonly partial: boolean;
  /** As Domino's explain prints it: in UTC, `-1` for what was not given. */
  readonly shown: string;
}

/** Domino's clock ticks in hundredths of a second. */
const TICK = 10;
const DAY = 86_400_000;

const clockTime = String.raw`(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(Z|z|[+-]\d{2}:?\d{2})?`;
const full = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]${clockTime})?$`);
const timeOnly = new RegExp(String.raw`^[Tt]?${clockTime}$`);

/** The text inside `@dt('…')`: RFC 3339, a date or a time; without a zone it is UTC (HCL help, "DQL date and time"). Finer than a tick is cut off. */
export function parseMoment(text: string): Moment {
  const moment = readMoment(text.trim());
  if (moment === null) {
    throw new DqlError(
      'syntax',
      `@dt(${JSON.stringify(text)}) is no date; write @dt('2019-08-06T02:09:52.07Z'), a date or a time`,
    );
  }
  return moment;
}

function readMoment(text: string): Moment | null {
  const dated = full.exec(text);
  if (dated) {
    const [, year, month, day, ...rest] = dated;
    const midnight = dayStart(Number(year), Number(month), Number(day));
    if (midnight === null) return null;
    if (rest[0] === undefined) {
      const shown = `${year}-${month}-${day}T-1:-1:-1.-1Z`;
      return { kind: 'instant', from: midnight, to: midnight + DAY, partial: true, shown };
    }
    const time = sinceMidnight(rest);
    if (time === null) return null;
    const from = midnight + time.clock - time.offset;
    const shown = `${new Date(from).toISOString().slice(0, 22)}Z`;
    return { kind: 'instant', from, to: from + TICK, partial: false, shown };
  }
  const timed = timeOnly.exec(text);
  const time = timed ? sinceMidnight(timed.slice(1)) : null;
  if (time === null) return null;
  const from = wrapDay(time.clock - time.offset);
  // "If a second (or subsecond) within any day, that second": without a fraction the whole second.
  const width = timed?.[4] === undefined ? 1000 : TICK;
  const shown = `-1--1--1T${new Date(from).toISOString().slice(11, 22)}Z`;
  return { kind: 'clock', from, to: from + width, partial: true, shown };
}

/** A point in time: of `kind` as in {@link Moment}, and its time of day in UTC where it has one. */
export interface Point {
  readonly kind: Moment['kind'];
  readonly at: number;
  readonly clock: number | null;
}

/** Null for an empty datetime. A date without a time stands for its midnight. */
export function pointOf(value: NotesDateTime): Point | null {
  const text = `${value.time ?? '00:00:00'}${value.zone === null ? '' : zone(value.zone)}`;
  const parts = timeOnly.exec(text);
  const time = parts ? sinceMidnight(parts.slice(1)) : null;
  if (time === null) return null;
  const clock = value.time === null ? null : wrapDay(time.clock - time.offset);
  if (value.date === null) return clock === null ? null : { kind: 'clock', at: clock, clock };
  const [year, month, day] = value.date.split('-').map(Number);
  const midnight = dayStart(year ?? 0, month ?? 0, day ?? 0);
  if (midnight === null) return null;
  return { kind: 'instant', at: clock === null ? midnight : midnight + time.clock - time.offset, clock };
}

/** DXL prints whole-hour zones with two digits. */
function zone(text: string): string {
  return /^[+-]\d{2}$/.test(text) ? `${text}00` : text;
}

function wrapDay(time: number): number {
  return ((time % DAY) + DAY) % DAY;
}

function dayStart(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

function sinceMidnight(parts: readonly (string | undefined)[]): { clock: number; offset: number } | null {
  const [hours, minutes, seconds, fraction, offset] = parts;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const ticks = Number((fraction ?? '0').padEnd(2, '0').slice(0, 2));
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  const shift = zoneOffset(offset);
  return shift === null ? null : { clock: whole * 1000 + ticks * TICK, offset: shift };
}

function zoneOffset(text: string | undefined): number | null {
  if (text === undefined || text.toUpperCase() === 'Z') return 0;
  const digits = text.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  if (minutes > 24 * 60 || Number(digits.slice(2)) > 59) return null;
  return minutes * 60_000 * (text.startsWith('-') ? -1 : 1);
}
