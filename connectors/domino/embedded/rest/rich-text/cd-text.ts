const PARAGRAPH = 0x81;
const TEXT = 0x85;
const TEXT_HEADER_BYTES = 8;

/** The text of composite data records, a line for each paragraph; everything that is no text is left out, as any conversion does. */
export function cdText(bytes: Uint8Array): string {
  let text = '';
  let isFirst = true;
  for (const { signature, record } of records(bytes)) {
    if (signature === PARAGRAPH) {
      if (!isFirst) text += '\n';
      isFirst = false;
    } else if (signature === TEXT) text += lmbcsText(record.subarray(TEXT_HEADER_BYTES));
  }
  return text;
}

/** A record's second byte is its length, or 0xFF for a length in a word, or 0 for one in a double word (C API, editods.h). */
function* records(bytes: Uint8Array): Generator<{ signature: number; record: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 2 <= bytes.byteLength; ) {
    const signature = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? 0;
    const isLong = short === 0 && at + 6 <= bytes.byteLength;
    const isWord = short === 0xff && at + 4 <= bytes.byteLength;
    const length = isLong ? view.getUint32(at + 2, true) : isWord ? view.getUint16(at + 2, true) : short;
    if (length < 2) return;
    yield { signature, record: bytes.subarray(at, at + length) };
    at += length + (length % 2);
  }
}

/** LMBCS as far as the engine writes it: ASCII, zero for a new line, everything else behind the Unicode group byte. */
function lmbcsText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.byteLength; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x14) {
      const high = bytes[at + 1] ?? 0;
      const low = bytes[at + 2] ?? 0;
      text += String.fromCharCode(high === 0xf6 ? low << 8 : (high << 8) | low);
      at += 2;
    } else text += byte === 0 ? '\n' : String.fromCharCode(byte);
  }
  return text;
}
