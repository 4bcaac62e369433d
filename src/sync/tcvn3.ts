/**
 * TCVN3 (ABC fonts; TCVN 5712:1993, third table): one byte a letter, read by Notes as Latin-1. The table has lower-case letters and the seven
 * capitals without a tone; all other capitals live in the font (`.VnTimeH`).
 */
const LETTERS: Readonly<Record<number, string>> = {
  ...from(0xa1, 'ĂÂÊÔƠƯĐăâêôơưđ'),
  ...from(0xb5, 'àảãáạ'),
  ...from(0xbb, 'ằẳẵắ'),
  ...from(0xc6, 'ặầẩẫấậè'),
  ...from(0xce, 'ẻẽéẹềểễếệìỉ'),
  ...from(0xdc, 'ĩíịò'),
  ...from(0xe1, 'ỏõóọồổỗốộờởỡớợù'),
  ...from(0xf1, 'ủũúụừửữứựỳỷỹýỵ'),
};

/** The letter that this Latin-1 character stands for, or undefined. */
export function tcvn3Letter(character: string): string | undefined {
  return LETTERS[character.codePointAt(0) ?? 0];
}

/** The text that ABC fonts show for these Latin-1 characters, NFC. A word typed in capitals is given in capitals: its toned letters have none of their own. */
export function decodeTcvn3(text: string): string {
  return text.replaceAll(/[A-Za-z\u00a1-\u00fe]+/gu, (word) => {
    const decoded = word.replaceAll(/[^A-Za-z]/gu, (character) => tcvn3Letter(character) ?? character);
    const plain = word.replaceAll(/[^A-Za-z]/gu, '');
    const capitals = plain.length >= 2 && plain === plain.toUpperCase();
    return capitals ? decoded.toUpperCase() : decoded;
  });
}

function from(first: number, letters: string): Readonly<Record<number, string>> {
  return Object.fromEntries(letters.split('').map((letter, at) => [first + at, letter]));
}
