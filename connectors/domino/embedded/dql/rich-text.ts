import { SaxesParser } from 'saxes';

/** The words of a rich text: of its DXL, or of the text records of its composite data. What cannot be read has none. */
export function richText(format: 'dxl' | 'cd', bytes: Uint8Array): string {
  return format === 'dxl' ? textOfDxl(bytes) : textOfRecords(bytes);
}

const BINARY = new Set(['gif', 'jpeg', 'png', 'notesbitmap', 'cgm', 'compositedata', 'filedata']);
const PARTS = new Set(['par', 'break', 'tablecell', 'tablerow']);

function textOfDxl(bytes: Uint8Array): string {
  let text = '';
  let binary = 0;
  const parser = new SaxesParser({ fragment: true });
  parser.on('error', () => {});
  parser.on('opentag', ({ name }) => {
    if (PARTS.has(name)) text += '\n';
    if (BINARY.has(name)) binary += 1;
  });
  parser.on('closetag', ({ name }) => {
    if (BINARY.has(name)) binary -= 1;
  });
  parser.on('text', (content) => {
    if (binary === 0) text += content;
  });
  parser.write(new TextDecoder().decode(bytes)).close();
  return text;
}

const TEXT_SIGNATURE = 0x85;
const PARAGRAPH_SIGNATURE = 0x81;
/** Signature, length, font. */
const TEXT_HEADER_BYTES = 8;

/** A record says its length in its second byte, or in a word (0xFF there) or a double word (0x00 there) behind it; it begins at an even offset. */
function textOfRecords(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 2 <= bytes.length; ) {
    const second = bytes[at + 1] ?? 0;
    const wide = second === 0x00 ? 6 : second === 0xff ? 4 : 2;
    if (at + wide > bytes.length) break;
    const length =
      wide === 2 ? second : wide === 4 ? view.getUint16(at + 2, true) : view.getUint32(at + 2, true);
    if (length < wide) break;
    if (bytes[at] === PARAGRAPH_SIGNATURE) text += '\n';
    if (bytes[at] === TEXT_SIGNATURE) text += fromLmbcs(bytes.subarray(at + TEXT_HEADER_BYTES, at + length));
    at += length + (length % 2);
  }
  return text;
}

/** ASCII as it is, zero as a new line, the Unicode group (0x14) as UTF-16; other groups are left out. */
function fromLmbcs(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x14) {
      const [high = 0, low = 0] = [bytes[at + 1], bytes[at + 2]];
      text += String.fromCharCode(high === 0xf6 ? low << 8 : (high << 8) | low);
      at += 2;
    } else text += byte === 0 ? '\n' : byte < 0x80 ? String.fromCharCode(byte) : ' ';
  }
  return text;
}
