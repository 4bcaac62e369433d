import { isSurelyUnicode, textEncoding, textEvidence } from './legacy-text.ts';
import type { FieldMapping } from './mapping.ts';
import type { Item, Items } from './note.ts';
import { decodeTcvn3 } from './tcvn3.ts';

const TEXTS: readonly FieldMapping['type'][] = ['text', 'list', 'set'];

export interface LegacyTexts {
  /** The items with texts in Unicode. */
  readonly items: Items;
  /** Items whose texts nobody can tell. */
  readonly doubtful: ReadonlySet<string>;
}

/**
 * [TX1] Texts that people typed in ABC fonts, as Unicode. Only items that come from Notes alone: what the handbook writes is Unicode, and reading it as
 * anything else would send it back changed. Names and references are Notes' own identifiers and stay as they are.
 */
export function readLegacyTexts(fields: readonly FieldMapping[], items: Items): LegacyTexts {
  const own = fields
    .filter((field) => field.direction === 'pull' && TEXTS.includes(field.type))
    .flatMap((field) => {
      const item = Object.hasOwn(items, field.item) ? items[field.item] : undefined;
      return item?.type === 'text' ? [{ name: field.item, item }] : [];
    });
  const texts = own.flatMap(({ item }) => item.values.map(String));
  // Most notes: nothing that could be TCVN3.
  const evidence = texts.map(textEvidence);
  if (evidence.every((one) => one === 'unicode' || one === 'either')) return { items, doubtful: new Set() };

  const unicode = texts.some(isSurelyUnicode);
  const doubtful = new Set<string>();
  const read: Record<string, Item> = { ...items };
  for (const { name, item } of own) {
    const values = item.values.map((value) => {
      const encoding = textEncoding(textEvidence(String(value)), evidence, unicode);
      if (encoding === 'doubtful') doubtful.add(name);
      return encoding === 'tcvn3' ? decodeTcvn3(String(value)) : value;
    });
    read[name] = { ...item, values };
  }
  return { items: read, doubtful };
}
