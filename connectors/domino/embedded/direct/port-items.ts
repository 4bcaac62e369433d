import type { Item, Items } from '../../../../src/sync/note.ts';
import { DominoError } from '../../port.ts';
import { toTick } from '../engine/notes-clock.ts';
import { dateTimeOf, formatInstant, instantOf } from '../engine/notes-date-time.ts';
import type { ItemFlags, NotesDateTime, StoredItem, StoredValue } from '../stored-note.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const TIME = /^T?((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,2}))?$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u;

/** Items as the engine stores them. Throws `bad-request` for a value that its type does not allow. */
export function storedItems(items: Items): StoredItem[] {
  return Object.entries(items).map(([name, item]) => storedItem(name, item));
}

/** As {@link storedItems}, of one item. */
export function storedItem(name: string, item: Item): StoredItem {
  return { name, value: storedValue(name, item), flags: flagsOf(item) };
}

/** The item as the port shows it; null for rich text, files and all else that is no simple value. */
export function portItem({ value, flags }: StoredItem): Item | null {
  if (value.type !== 'text' && value.type !== 'number' && value.type !== 'datetime') return null;
  return {
    type: value.type,
    values: value.type === 'datetime' ? printDateTimes(value) : value.values,
    ...(value.list ? { list: true } : {}),
    ...(flags.names === true ? { names: true } : {}),
    ...(flags.readers === true ? { readers: true } : {}),
    ...(flags.authors === true ? { authors: true } : {}),
    ...(flags.summary === true ? {} : { nonsummary: true }),
  };
}

function storedValue(name: string, item: Item): StoredValue {
  // Notes itself stores a cleared number or date field as an empty text.
  if (item.values.length === 0) return { type: 'text', values: [''], list: false };
  const list = item.list === true || item.values.length > 1;
  switch (item.type) {
    case 'text':
      return { type: 'text', values: item.values.map((value) => textOf(name, value)), list };
    case 'number':
      return { type: 'number', values: item.values.map((value) => numberOf(name, value)), list };
    case 'datetime':
      return {
        type: 'datetime',
        values: item.values.map((value) => dateTime(name, value)),
        ranges: [],
        list,
      };
  }
}

function flagsOf(item: Item): ItemFlags {
  const names = item.names === true || item.readers === true || item.authors === true;
  return {
    ...(item.nonsummary === true ? {} : { summary: true }),
    ...(names ? { names: true } : {}),
    ...(item.readers === true ? { readers: true } : {}),
    ...(item.authors === true ? { authors: true } : {}),
  };
}

function textOf(name: string, value: string | number): string {
  if (typeof value !== 'string') throw refused(name, 'text');
  return value.toWellFormed();
}

function numberOf(name: string, value: string | number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refused(name, 'number');
  return value;
}

function dateTime(name: string, value: string | number): NotesDateTime {
  const text = String(value);
  const [, clock, hundredths = ''] = TIME.exec(text) ?? [];
  if (clock !== undefined) {
    return { date: null, time: `${clock}.${hundredths.padEnd(2, '0')}`, zone: null, dst: false };
  }
  if (DATE.test(text) && isRealDay(text)) return { date: text, time: null, zone: null, dst: false };
  const instant = INSTANT.test(text) && isRealDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw refused(name, 'date, time or instant with its zone');
  return dateTimeOf(toTick(instant));
}

/** `Date.parse` moves 31 February on into March. */
function isRealDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function refused(name: string, wanted: string): DominoError {
  return new DominoError('bad-request', `Cannot write item "${name}": a value is no ${wanted}`);
}

/** A datetime without date and time is an emptied field: no value. Ranges are given as their two ends. */
function printDateTimes({ values, ranges }: Extract<StoredValue, { readonly type: 'datetime' }>): string[] {
  return [...values, ...ranges.flat()].map((value) => printDateTime(value)).filter((text) => text !== '');
}

/** `YYYY-MM-DD`, `HH:MM:SS` (with hundredths where there are any), `YYYY-MM-DDTHH:MM:SS.ccZ`, or `''`. */
export function printDateTime(value: NotesDateTime): string {
  const instant = instantOf(value);
  if (instant !== null) return formatInstant(instant);
  return value.date ?? value.time?.replace(/\.00$/u, '') ?? '';
}
