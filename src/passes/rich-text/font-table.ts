import { CompositeDataError, cdRecords } from './cd-records.ts';
import { CD } from './cd-signatures.ts';

export type FontEncoding = 'tcvn3' | 'tcvn3-capitals' | 'vni' | 'unicode';

/** Face numbers of a note's font table and what their fonts are encoded in. Faces below five are Notes' own. */
export type FontTable = ReadonlyMap<number, FontEncoding>;

/** CDFACE: face, family, name. */
const FACE_BYTES = 34;

/** The item `$Fonts` of a note. A table that cannot be read names no font. */
export function readFontTable(bytes: Buffer): FontTable {
  const fonts = new Map<number, FontEncoding>();
  try {
    for (const { signature, body } of cdRecords(bytes)) {
      if (signature !== CD.fontTable || body.length < 2) continue;
      const count = Math.min(body.readUInt16LE(0), Math.floor((body.length - 2) / FACE_BYTES));
      for (let at = 0; at < count; at++) {
        const face = body.subarray(2 + at * FACE_BYTES, 2 + (at + 1) * FACE_BYTES);
        fonts.set(face.readUInt8(0), fontEncoding(nameOf(face)));
      }
    }
  } catch (error) {
    if (!(error instanceof CompositeDataError)) throw error;
  }
  return fonts;
}

function nameOf(face: Buffer): string {
  const name = face.subarray(2);
  const end = name.indexOf(0);
  return name.toString('latin1', 0, end === -1 ? name.length : end);
}

/** `.VnTime` and its family are ABC fonts, whose names end in H where they show capitals; `VNI-…` are VNI. */
export function fontEncoding(name: string): FontEncoding {
  if (/^\.Vn/iu.test(name)) return name.endsWith('H') ? 'tcvn3-capitals' : 'tcvn3';
  return /^VNI/iu.test(name) ? 'vni' : 'unicode';
}
