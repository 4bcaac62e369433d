import type { FieldMapping } from '../sync/mapping.ts';
import type { SpooledBlob } from './blob-spool.ts';

const ZIP = ['504b0304', '504b0506'];
const OLE = ['d0cf11e0a1b11ae1'];
/** How files of these extensions begin, in hex. Others have no beginning that can be told. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['25504446'],
  png: ['89504e470d0a1a0a'],
  jpg: ['ffd8ff'],
  jpeg: ['ffd8ff'],
  gif: ['47494638'],
  docx: ZIP,
  xlsx: ZIP,
  pptx: ZIP,
  odt: ZIP,
  ods: ZIP,
  zip: ZIP,
  doc: OLE,
  xls: OLE,
  ppt: OLE,
};
/** PDF readers look for the mark this far. */
const LOOKED_AT = 1024;

export const MASKED = 'the bytes of a file are not what its extension says';

/** Of files that may only be of certain types, the first whose bytes are of another type than its name says; null when all are well. */
export async function firstMasked(
  field: Pick<FieldMapping, 'check'>,
  files: readonly SpooledBlob[],
): Promise<SpooledBlob | null> {
  if (field.check.extensions === undefined) return null;
  for (const file of files) if (await isMasked(file)) return file;
  return null;
}

async function isMasked(file: SpooledBlob): Promise<boolean> {
  const extension = /\.([^.]+)$/u.exec(file.ref.name)?.[1]?.toLowerCase() ?? '';
  const beginnings = BEGINNINGS[extension];
  if (beginnings === undefined || file.ref.size === 0) return false;
  const head = (await firstBytes(file)).toString('hex');
  // A PDF may have some bytes before its mark.
  if (extension === 'pdf') return !beginnings.some((mark) => head.includes(mark));
  return !beginnings.some((mark) => head.startsWith(mark));
}

async function firstBytes(file: SpooledBlob): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of file.open()) {
    parts.push(part);
    size += part.length;
    if (size >= LOOKED_AT) break;
  }
  return Buffer.concat(parts).subarray(0, LOOKED_AT);
}
