import type { FileRefusal } from './port.ts';
import { inflate, unpackedLimit } from './unpack-limit.ts';

/** What a reader might run or start (ISO 32000-2, 12.6.4), also spelt with #-codes. */
const ACTIVE = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z])/;
const STREAM = /stream\r?\n/g;
/** A filter may stand several times in front of one stream. */
const MOST_LAYERS = 4;
const MOST_STREAMS = 20_000;

/** Unpacks every stream within the limit; what is not deflated is looked at as it is. Null: nothing to object to. */
export async function inspectPdf(bytes: Uint8Array): Promise<FileRefusal | null> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = file.toString('latin1');
  if (!text.includes('%%EOF') && !text.includes('startxref')) return 'damaged';
  let left = unpackedLimit(file.length);
  let streams = 0;
  let around = '';
  let seen = 0;
  for (const { index, 0: opening } of text.matchAll(STREAM)) {
    streams += 1;
    if (streams > MOST_STREAMS) return 'bomb';
    const first = index + opening.length;
    const end = text.indexOf('endstream', first);
    let packed = file.subarray(first, end < 0 ? file.length : end);
    const holdsObjects = plain(text.slice(text.lastIndexOf('obj', index), index)).includes('ObjStm');
    if (first >= seen && isBinary(packed)) {
      around += text.slice(seen, first);
      seen = first + packed.length;
    }
    for (let layer = 0; isZlib(packed); layer += 1) {
      if (layer === MOST_LAYERS) return 'bomb';
      const unpacked = await inflate(packed, 'zlib', left);
      if (unpacked === 'bomb') return 'bomb';
      if (unpacked === 'damaged') break;
      left -= unpacked.length;
      packed = unpacked;
      if ((holdsObjects || !isBinary(unpacked)) && isActive(unpacked.toString('latin1'))) return 'active';
    }
  }
  return isActive(around + text.slice(seen)) ? 'active' : null;
}

function isActive(text: string): boolean {
  return ACTIVE.test(plain(text));
}

function plain(text: string): string {
  return text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** Pictures and packed bytes spell `/JS` by chance, every 16 MiB or so; the objects of a PDF are text. */
function isBinary(bytes: Uint8Array): boolean {
  let odd = 0;
  for (const byte of bytes)
    if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte > 126) odd += 1;
  return odd * 5 > bytes.length;
}

/** RFC 1950: the first two bytes are a multiple of 31, method 8. */
function isZlib(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return bytes.length > 2 && (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
