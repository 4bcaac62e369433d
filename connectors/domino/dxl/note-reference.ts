/** TYPE_NOTEREF_LIST: a WORD count, then 16 bytes a UNID, each as two file and two note words, little-endian 32 bits. */
const UNID_BYTES = 16;

/** The UNID of a list of exactly one, or null. */
export function readNoteReference(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length !== 2 + UNID_BYTES || view.getUint16(0, true) !== 1) return null;
  return [1, 0, 3, 2]
    .map((word) =>
      view
        .getUint32(2 + word * 4, true)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
    .toUpperCase();
}
