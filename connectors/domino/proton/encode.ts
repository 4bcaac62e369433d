import { DominoError } from '../port.ts';
import type { Item, Items } from '../../../src/sync/note.ts';
import { canonicalDateTime } from '../wire/stamps.ts';

/** The module's canonical item. `readers` and `authors` go together with `names` (HCL's samples set both). */
export interface CanonicalItem {
  readonly type: Item['type'];
  readonly data: string | number | readonly (string | number)[];
  readonly names?: true;
  readonly readers?: true;
  readonly authors?: true;
  readonly nonsummary?: true;
}

/** Items in the module's canonical form. Throws `bad-request` for a value that its type does not allow. */
export function encodeItems(items: Items): Record<string, CanonicalItem> {
  return Object.fromEntries(Object.entries(items).map(([name, item]) => [name, encodeItem(name, item)]));
}

function encodeItem(name: string, item: Item): CanonicalItem {
  const flags: { -readonly [flag in 'names' | 'readers' | 'authors' | 'nonsummary']?: true } = {};
  if (item.names === true || item.readers === true || item.authors === true) flags.names = true;
  if (item.readers === true) flags.readers = true;
  if (item.authors === true) flags.authors = true;
  if (item.nonsummary === true) flags.nonsummary = true;

  // Notes itself stores a cleared number or date field as an empty text.
  if (item.values.length === 0) return { type: 'text', data: '', ...flags };
  const values = item.values.map((value) => encodeValue(name, item.type, value));
  const [first] = values;
  const data = values.length === 1 && item.list !== true && first !== undefined ? first : values;
  return { type: item.type, data, ...flags };
}

function encodeValue(name: string, type: Item['type'], value: string | number): string | number {
  if (type === 'text' && typeof value === 'string') return value;
  if (type === 'number' && typeof value === 'number' && Number.isFinite(value)) return value;
  const dateTime = type === 'datetime' && typeof value === 'string' ? canonicalDateTime(value) : null;
  if (dateTime !== null) return dateTime;
  throw new DominoError('bad-request', `Cannot write item "${name}": a ${typeof value} value is no ${type}`);
}
