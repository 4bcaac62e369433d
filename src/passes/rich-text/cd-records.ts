/** One record of a composite data stream: its signature and what follows its header. */
export interface CdRecord {
  readonly signature: number;
  readonly body: Buffer;
}

/** The bytes are no sequence of records. */
export class CompositeDataError extends Error {
  override readonly name = 'CompositeDataError';
}

/**
 * Records of a rich text as Domino stores it (TYPE_COMPOSITE, canonical byte order; HCL C API, SIG_CD_xxx): a signature byte, then 0xFF and the length in
 * a word, 0x00 and the length in a double word, or the length itself. Lengths include the header; records begin at even offsets.
 */
export function* cdRecords(bytes: Buffer): Generator<CdRecord> {
  let at = 0;
  while (at + 1 < bytes.length) {
    const signature = bytes.readUInt8(at);
    const { header, length } = headerAt(bytes, at);
    if (length < header || at + length > bytes.length)
      throw new CompositeDataError(`no composite data record at byte ${at}`);
    yield { signature, body: bytes.subarray(at + header, at + length) };
    at += length + (length % 2);
  }
  if (at < bytes.length) throw new CompositeDataError(`no composite data record at byte ${at}`);
}

function headerAt(bytes: Buffer, at: number): { readonly header: number; readonly length: number } {
  const second = bytes.readUInt8(at + 1);
  if (second === 0xff) return { header: 4, length: at + 4 <= bytes.length ? bytes.readUInt16LE(at + 2) : 0 };
  if (second === 0) return { header: 6, length: at + 6 <= bytes.length ? bytes.readUInt32LE(at + 2) : 0 };
  return { header: 2, length: second };
}
