const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/** Columns that a text takes on a terminal: composed and decomposed Vietnamese letters take one. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += isWide.test(segment) ? 2 : 1;
  return width;
}

const isWide = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u{FF01}-\u{FF60}]/u;

/**
 * A value on one line. Control characters and direction overrides become visible: what people wrote into a note must not steer the
 * operator's terminal.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, ' ⏎ ')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
