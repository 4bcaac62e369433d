import { encodeLmbcs } from './encode-lmbcs.ts';

/**
 * Composite data records as Domino stores them (HCL C API: SIG_CD_xxx and the structures named there; values as HCL publishes them in domino-jnx,
 * RichTextConstants). A builder knows only what a reader of rich text needs: sizes, colours and tab stops are zero.
 */
export interface PabDefinition {
  readonly id: number;
  /** JUSTIFY_xxx. */
  readonly justify: number;
  /** PABFLAG_xxx. */
  readonly flags: number;
}

export const JUSTIFY: Readonly<Record<string, number>> = { left: 0, right: 1, full: 2, center: 3, none: 4 };
export const PAB = { hideFromReaders: 0x0010, bullet: 0x0400, hideIf: 0x0800, numbered: 0x1000 } as const;
export const HOTSPOT = { popup: 1, button: 3, file: 4, link: 11, section: 12 } as const;

const IS_URL = 0x1000;
const BEGINS = 0x1;
/** A text record says its length in a word. */
const MOST_TEXT = 0xff00;
const IMAGE_SEGMENT = 10_240;
const TEN_POINTS = 10;
const SWISS = 1;

export function paragraph(): Buffer {
  return short(129, Buffer.alloc(0));
}

export function pabDefinition({ id, justify, flags }: PabDefinition): Buffer {
  const body = Buffer.alloc(86);
  body.writeUInt16LE(id, 0);
  body.writeUInt16LE(justify, 2);
  body.writeUInt16LE(flags, 58);
  return word(130, body);
}

export function pabReference(id: number): Buffer {
  const body = Buffer.alloc(2);
  body.writeUInt16LE(id, 0);
  return short(131, body);
}

/** A hide-when formula belongs to a paragraph definition; the formula itself is compiled in a real file and is left out here. */
export function pabHide(id: number): Buffer {
  const body = Buffer.alloc(10);
  body.writeUInt16LE(id, 0);
  return word(187, body);
}

/** One record for every 65,280 bytes of text. */
export function text(content: string, attributes: number): Buffer {
  const bytes = encodeLmbcs(content);
  const records: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += MOST_TEXT) {
    const font = Buffer.from([SWISS, attributes, 0, TEN_POINTS]);
    records.push(word(133, Buffer.concat([font, bytes.subarray(from, from + MOST_TEXT)])));
  }
  return Buffer.concat(records);
}

export function tableBegin(nested: boolean): Buffer {
  return short(nested ? 207 : 163, Buffer.alloc(12));
}

export function tableCell(
  nested: boolean,
  row: number,
  column: number,
  spans: readonly [rows: number, columns: number],
): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt8(row % 256, 0);
  body.writeUInt8(column % 256, 1);
  body.writeUInt8(spans[0], 12);
  body.writeUInt8(spans[1], 13);
  return short(nested ? 208 : 164, body);
}

export function tableEnd(nested: boolean): Buffer {
  return short(nested ? 209 : 165, Buffer.alloc(4));
}

export function hotspotBegin(type: number, data: Buffer, url: boolean): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(type, 0);
  head.writeUInt32LE(url ? BEGINS | IS_URL : BEGINS, 2);
  head.writeUInt16LE(data.length, 6);
  return word(169, Buffer.concat([head, data]));
}

export function hotspotEnd(): Buffer {
  return short(170, Buffer.alloc(0));
}

export function bar(caption: string): Buffer {
  return word(
    172,
    Buffer.concat([Buffer.alloc(4), Buffer.from([SWISS, 1, 0, TEN_POINTS]), encodeLmbcs(`${caption}\n`)]),
  );
}

export function button(): Buffer {
  return word(171, Buffer.alloc(10));
}

export function horizontalRule(): Buffer {
  return word(201, Buffer.alloc(12));
}

export function html(begins: boolean): Buffer {
  return word(begins ? 204 : 205, Buffer.alloc(4));
}

/** A link to a document, view or database; whereto is left out. */
export function docLink(): Buffer {
  return word(146, Buffer.alloc(42));
}

/** A picture that is more than its file: bitmap records of Notes, or the name of a shared picture. */
export function bitmap(): Buffer {
  return Buffer.concat([graphic(), long(149, Buffer.alloc(32))]);
}

/** CDIMAGETYPE_xxx. */
export const IMAGE_TYPES: Readonly<Record<string, number>> = { gif: 1, jpeg: 2, png: 4 };

export function image(type: number, bytes: Buffer): Buffer {
  const segments: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += IMAGE_SEGMENT) {
    const data = bytes.subarray(from, from + IMAGE_SEGMENT);
    const head = Buffer.alloc(4);
    head.writeUInt16LE(data.length, 0);
    head.writeUInt16LE(data.length + (data.length % 2), 2);
    segments.push(long(124, Buffer.concat([head, data, Buffer.alloc(data.length % 2)])));
  }
  const header = Buffer.alloc(22);
  header.writeUInt16LE(type, 0);
  header.writeUInt32LE(bytes.length, 6);
  header.writeUInt32LE(segments.length, 10);
  return Buffer.concat([graphic(), long(125, header), ...segments]);
}

function graphic(): Buffer {
  return long(153, Buffer.alloc(28));
}

/** BSIG: signature, length in a byte. */
function short(signature: number, body: Buffer): Buffer {
  return padded(Buffer.concat([Buffer.from([signature, body.length + 2]), body]));
}

/** WSIG: signature, 0xFF, length in a word. */
function word(signature: number, body: Buffer): Buffer {
  const head = Buffer.from([signature, 0xff, 0, 0]);
  head.writeUInt16LE(body.length + 4, 2);
  return padded(Buffer.concat([head, body]));
}

/** LSIG: signature, 0x00, length in a double word. */
function long(signature: number, body: Buffer): Buffer {
  const head = Buffer.from([signature, 0, 0, 0, 0, 0]);
  head.writeUInt32LE(body.length + 6, 2);
  return padded(Buffer.concat([head, body]));
}

/** Records begin at even offsets. */
function padded(record: Buffer): Buffer {
  return record.length % 2 === 0 ? record : Buffer.concat([record, Buffer.alloc(1)]);
}
