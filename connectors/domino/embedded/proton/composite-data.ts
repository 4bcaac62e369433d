import { SaxesParser } from 'saxes';

const PARAGRAPH = Uint8Array.of(0x81, 0x02);
const TEXT_SIGNATURE = 0x85;
const TEXT_HEADER_BYTES = 8;
/** A text record says its length in a word. */
const MAX_TEXT_BYTES = 0xff00;

/**
 * The text of a rich text in DXL as composite data records: a paragraph record and text records for each paragraph, as the server would send them. Everything
 * else (fonts, tables, pictures) is left out: imported DXL does not hold the records it was made from.
 */
export function compositeData(dxl: Uint8Array): Uint8Array {
  const records: Uint8Array[] = [];
  let text = '';
  const flush = (): void => {
    records.push(...textRecords(text));
    text = '';
  };
  // Base64 of pictures and files is text to a parser, and none to a reader.
  let binary = 0;
  const parser = new SaxesParser({ fragment: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 'par') {
      flush();
      records.push(PARAGRAPH);
    } else if (name === 'break') text += '\n';
    if (BINARY.has(name)) binary += 1;
  });
  parser.on('closetag', ({ name }) => {
    if (BINARY.has(name)) binary -= 1;
  });
  parser.on('text', (content) => {
    if (binary === 0) text += content.replaceAll(/[\r\n]+/gu, '');
  });
  parser.write(new TextDecoder().decode(dxl)).close();
  flush();
  return Buffer.concat(records);
}

const BINARY = new Set(['gif', 'jpeg', 'png', 'notesbitmap', 'cgm', 'compositedata', 'filedata']);

function textRecords(text: string): Uint8Array[] {
  const bytes = lmbcs(text);
  const records: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += MAX_TEXT_BYTES) {
    records.push(textRecord(bytes.slice(from, from + MAX_TEXT_BYTES)));
  }
  return records;
}

/** Signature, 0xFF for "length in a word", length, a font id of zero, the text; padded to an even offset. */
function textRecord(text: readonly number[]): Uint8Array {
  const length = TEXT_HEADER_BYTES + text.length;
  const record = new Uint8Array(length + (length % 2));
  record.set([TEXT_SIGNATURE, 0xff, length & 0xff, length >> 8, 0, 0, 0, 0, ...text]);
  return record;
}

/** LMBCS: ASCII as it is, a new line as zero, everything else as UTF-16 behind the Unicode group byte (0xF6 stands in for a low byte of zero). */
function lmbcs(text: string): number[] {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0x0a) bytes.push(0);
    else if (unit < 0x80) bytes.push(unit);
    else if ((unit & 0xff) === 0) bytes.push(0x14, 0xf6, unit >> 8);
    else bytes.push(0x14, unit >> 8, unit & 0xff);
  }
  return bytes;
}
