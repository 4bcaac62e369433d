import { decodeLmbcs } from './lmbcs.ts';

/** A stretch of rich text that does something, told apart by what a reader gets of it. */
export type Hotspot =
  | { readonly kind: 'link'; readonly url: string }
  /** An attachment's icon; the file itself is an attachment of the record. */
  | { readonly kind: 'attachment'; readonly name: string }
  | { readonly kind: 'section' }
  /** Its text shows, what it does stays in Notes. */
  | { readonly kind: 'inert' };

/** HOTSPOTREC_TYPE_xxx and HOTSPOTREC_RUNFLAG_INOTES of the C API. */
const FILE = 4;
const HOTLINK = 11;
const BUNDLE = 12;
const V4_SECTION = 13;
const IS_URL = 0x1000;
const HEADER = 8;

/** Only these may become links; everything else that a URL can do is a way to run something. */
const SAFE_URL = /^(?:https?:\/\/|mailto:)[!-~\u00a1-\uffff]+$/iu;

/** A CDHOTSPOTBEGIN: type, flags, length of the data, data. */
export function readHotspot(body: Buffer): Hotspot {
  if (body.length < HEADER) return { kind: 'inert' };
  const type = body.readUInt16LE(0);
  const data = body.subarray(HEADER, HEADER + body.readUInt16LE(6));
  if (type === FILE) {
    const [unique = '', original = ''] = decodeLmbcs(data).split('\n');
    return { kind: 'attachment', name: original || unique };
  }
  if (type === BUNDLE || type === V4_SECTION) return { kind: 'section' };
  if (type === HOTLINK && (body.readUInt32LE(2) & IS_URL) !== 0) {
    const url = decodeLmbcs(data).replaceAll('\n', '').trim();
    if (SAFE_URL.test(url)) return { kind: 'link', url };
  }
  return { kind: 'inert' };
}
