/** Bytes per line of 76 characters, as Domino prints them. */
const LINE_BYTES = 57;
const LINES_AT_ONCE = 1024;

/** Null for text that is not base64: nothing may be skipped silently. */
export function decodeBase64(text: string): Uint8Array | null {
  const digits = text.replaceAll(/[ \t\r\n]+/g, '');
  if (digits.length % 4 !== 0 || /[-_]/.test(digits)) return null;
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(digits, 'base64');
  if (bytes.length !== (digits.length / 4) * 3 - padding) return null;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Lines, several at a time. */
export function* encodeBase64(bytes: Uint8Array): Generator<string> {
  const step = LINE_BYTES * LINES_AT_ONCE;
  for (let at = 0; at < bytes.length; at += step) {
    const digits = Buffer.from(bytes.subarray(at, at + step)).toString('base64');
    yield digits.replaceAll(/.{1,76}/g, '$&\n');
  }
}
