import type { FieldValue } from '../../sync/values.ts';
import { now } from './live.ts';
import { language, t } from './words.ts';

const LOCALE = { vi: 'vi-VN', en: 'en-GB' } as const;

export function number(value: number): string {
  return new Intl.NumberFormat(LOCALE[language.value]).format(value);
}

/** 12 s, 4 min, 3 h, 2 d. */
export function span(seconds: number | null): string {
  if (seconds === null) return t().unknown;
  const units =
    language.value === 'vi'
      ? { s: 'giây', min: 'phút', h: 'giờ', d: 'ngày' }
      : { s: 's', min: 'min', h: 'h', d: 'd' };
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 100) return `${whole} ${units.s}`;
  if (whole < 5_400) return `${Math.round(whole / 60)} ${units.min}`;
  if (whole < 172_800) return `${Math.round(whole / 3_600)} ${units.h}`;
  return `${Math.round(whole / 86_400)} ${units.d}`;
}

export function secondsSince(instant: string): number {
  return (now.value - Date.parse(instant)) / 1_000;
}

/** Hours and minutes for today, the day as well for what is older. */
export function when(instant: string | null): string {
  if (instant === null) return t().unknown;
  const date = new Date(instant);
  const today = new Date(now.value).toDateString() === date.toDateString();
  return new Intl.DateTimeFormat(
    LOCALE[language.value],
    today
      ? { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
      : {
          day: '2-digit',
          month: '2-digit',
          year: 'numeric',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        },
  ).format(date);
}

export function bytes(count: number): string {
  if (count < 1_024) return `${number(count)} B`;
  if (count < 1_048_576) return `${number(Math.round(count / 1_024))} KB`;
  return `${number(Math.round(count / 104_857.6) / 10)} MB`;
}

/** A field's value for reading; dates as people here write them. */
export function value(given: FieldValue | undefined): string {
  if (given === undefined) return t().unknown;
  if (given === null || given === '') return t().empty;
  if (Array.isArray(given)) return given.length === 0 ? t().empty : given.map((one) => value(one)).join('; ');
  if (typeof given === 'object')
    return 'sha256' in given ? `${given.name} ${bytes(given.size)} · ${given.sha256.slice(0, 12)}…` : '';
  if (typeof given === 'boolean')
    return language.value === 'vi' ? (given ? 'có' : 'không') : given ? 'yes' : 'no';
  const text = String(given);
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) return `${day[3]}/${day[2]}/${day[1]}`;
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? when(text) : text;
}
