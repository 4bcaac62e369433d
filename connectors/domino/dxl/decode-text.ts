import { TextDecoder } from 'node:util';
import { DxlError } from './dxl-error.ts';

/** More than any XML declaration needs. */
const DECLARATION_BYTES = 512;
/** Pieces are cut to this, so that a limit is noticed before a large chunk is taken in. */
const PIECE_BYTES = 64 * 1024;

/**
 * Text of an XML file in the encoding that its byte order mark or XML declaration names; UTF-8 without either (XML 1.0, appendix F).
 * Throws {@link DxlError} for an unknown encoding and for bytes that are not valid in it.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let head: Uint8Array = new Uint8Array();
  let offset = 0;
  const decode = (bytes: Uint8Array | null): string => {
    decoder ??= decoderFor(head);
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new DxlError(`bytes that are not valid ${decoder.encoding}, after byte ${offset} of the file`);
    }
  };
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (decoder === null) {
      head = Buffer.concat([head, chunk]);
      if (head.length < DECLARATION_BYTES) continue;
      bytes = head;
    }
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      yield decode(piece);
      offset += piece.length;
    }
  }
  if (decoder === null) yield decode(head);
  yield decode(null);
}

function decoderFor(head: Uint8Array): TextDecoder {
  const encoding = detect(head);
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new DxlError(
      `the encoding ${JSON.stringify(encoding)} is not known; export the file as UTF-8`,
      1,
      1,
    );
  }
}

function detect(head: Uint8Array): string {
  const start = Buffer.from(head.subarray(0, 4)).toString('hex');
  if (start.startsWith('efbbbf')) return 'utf-8';
  if (start.startsWith('fffe') || start === '3c003f00') return 'utf-16le';
  if (start.startsWith('feff') || start === '003c003f') return 'utf-16be';
  const text = Buffer.from(head.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*(?:'([^']*)'|"([^"]*)")/.exec(text);
  return declared?.[1] ?? declared?.[2] ?? 'utf-8';
}
