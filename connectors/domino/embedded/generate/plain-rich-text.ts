import { richTextItem } from '../engine/item-builders.ts';
import type { StoredItem } from '../stored-note.ts';

/** Rich text of plain paragraphs. */
export function plainRichText(name: string, paragraphs: readonly string[]): StoredItem {
  const lines = paragraphs.map(
    (text, index) => `<par${index === 0 ? " def='1'" : ''}>${escaped(text)}</par>`,
  );
  const xml = `<richtext><pardef id='1'/>${lines.join('')}</richtext>`;
  return richTextItem(name, new TextEncoder().encode(xml), 'dxl');
}

/** XML has no place for control characters; Notes shows none. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t]|[\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
