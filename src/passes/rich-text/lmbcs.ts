import iconv from 'iconv-lite';

/** Code page of each group with one byte a letter (Lotus Multi-Byte Character Set; Notes' texts are optimised for group 1). */
const SINGLE: Readonly<Record<number, string>> = {
  0x01: 'cp850',
  0x02: 'cp737',
  0x03: 'cp1255',
  0x04: 'cp1256',
  0x05: 'cp1251',
  0x06: 'cp852',
  0x08: 'cp1254',
  0x0b: 'cp874',
};
const DOUBLE: Readonly<Record<number, string>> = {
  0x10: 'cp932',
  0x11: 'cp949',
  0x12: 'cp950',
  0x13: 'cp936',
};
const CONTROL = 0x0f;
const UNICODE = 0x14;
/** Stands for a low byte of zero in the Unicode group. */
const NO_ZERO = 0xf6;
const KEPT = new Set([0x09, 0x0a, 0x0d]);

/** LMBCS → text; a zero byte is a line end, as Domino keeps it in text. What no table knows becomes U+FFFD. */
export function decodeLmbcs(bytes: Buffer): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes.readUInt8(at);
    if (byte >= 0x20 && byte < 0x80) {
      let end = at + 1;
      while (end < bytes.length && isAscii(bytes.readUInt8(end))) end += 1;
      text += bytes.toString('latin1', at, end);
      at = end;
    } else if (byte === 0 || KEPT.has(byte)) {
      text += byte === 0 ? '\n' : String.fromCharCode(byte);
      at += 1;
    } else if (byte >= 0x80) {
      text += iconv.decode(bytes.subarray(at, at + 1), 'cp850');
      at += 1;
    } else {
      const { letter, length } = ofGroup(byte, bytes, at + 1);
      text += letter;
      at += 1 + length;
    }
  }
  return text;
}

function isAscii(byte: number): boolean {
  return byte >= 0x20 && byte < 0x80;
}

function ofGroup(
  group: number,
  bytes: Buffer,
  at: number,
): { readonly letter: string; readonly length: number } {
  if (group === UNICODE) {
    if (at + 2 > bytes.length) return { letter: '\ufffd', length: bytes.length - at };
    const [high = 0, low = 0] = bytes.subarray(at, at + 2);
    return { letter: String.fromCharCode(high === NO_ZERO ? low << 8 : (high << 8) | low), length: 2 };
  }
  if (group === CONTROL) {
    const control = at < bytes.length ? bytes.readUInt8(at) - 0x20 : -1;
    return { letter: control === 0x09 ? '\t' : '', length: 1 };
  }
  const single = SINGLE[group];
  if (single !== undefined) return { letter: iconv.decode(bytes.subarray(at, at + 1), single), length: 1 };
  const double = DOUBLE[group];
  if (double === undefined) return { letter: '\ufffd', length: 1 };
  // A letter of one byte doubles the group byte.
  if (at < bytes.length && bytes.readUInt8(at) === group)
    return { letter: iconv.decode(bytes.subarray(at + 1, at + 2), double), length: 2 };
  return { letter: iconv.decode(bytes.subarray(at, at + 2), double), length: 2 };
}
