import iconv from 'iconv-lite';
import type { FieldMapping } from '../../sync/mapping.ts';
import type { Item } from '../../sync/note.ts';
import { comparableItem } from './comparable.ts';

/**
 * The item as TCVN3 (ABC fonts) would read, in lower case; null where it cannot be that. Through a library's table, not the engine's. Whether the text
 * *is* TCVN3 is not asked: a record that shows what ABC fonts show agrees with its note.
 */
export function legacyComparable(field: FieldMapping, item: Item | undefined): string | null {
  if (item?.type !== 'text' || field.direction !== 'pull') return null;
  const texts = item.values.map(String);
  if (texts.some((text) => /[\u{100}-\u{10ffff}]/u.test(text))) return null;
  const decoded = texts.map((text) => iconv.decode(iconv.encode(text, 'latin1'), 'tcvn'));
  return comparableItem(field, { ...item, values: decoded }).toLowerCase();
}
