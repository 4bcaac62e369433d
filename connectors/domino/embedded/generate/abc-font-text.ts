/** Letters of ABC fonts (TCVN3) by the Latin-1 character that Notes keeps of them; other toned capitals live in the font. */
const RUNS: readonly (readonly [first: number, letters: string])[] = [
  [0xa1, 'ĂÂÊÔƠƯĐăâêôơưđ'],
  [0xb5, 'àảãáạ'],
  [0xbb, 'ằẳẵắ'],
  [0xc6, 'ặầẩẫấậè'],
  [0xce, 'ẻẽéẹềểễếệìỉ'],
  [0xdc, 'ĩíịò'],
  [0xe1, 'ỏõóọồổỗốộờởỡớợù'],
  [0xf1, 'ủũúụừửữứựỳỷỹýỵ'],
];
const CHARACTERS = new Map(
  RUNS.flatMap(([first, letters]) =>
    letters.split('').map((letter, at) => [letter, String.fromCodePoint(first + at)] as const),
  ),
);

/**
 * What a note holds of a text that was typed in an ABC font; null for text that such a font cannot show in one item, or of which fewer than two words
 * would tell that it was one.
 */
export function abcFontText(text: string): string | null {
  const typed = text.normalize('NFC').replaceAll(/[^ -~]/gu, (letter) => CHARACTERS.get(letter) ?? '\0');
  const telling = typed.split(' ').filter((word) => /[^ -~]/u.test(word));
  return telling.length < 2 || typed.includes('\0') ? null : typed;
}
