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

/** A word with a sign that no Unicode text has inside a word. */
const TELLING = /[A-Za-z][\u{a1}-\u{bf}]|[\u{a1}-\u{bf}][A-Za-z]/u;

/**
 * What a note holds of a text that was typed in an ABC font; null for text that such a font cannot show in one item, or of which nobody could tell afterwards that
 * it was one (Vũ Thế An becomes Vò ThÕ An).
 */
export function abcFontText(text: string): string | null {
  const typed = text.normalize('NFC').replaceAll(/[^ -~]/gu, (letter) => CHARACTERS.get(letter) ?? '\0');
  return TELLING.test(typed) && !typed.includes('\0') ? typed : null;
}
