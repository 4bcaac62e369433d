import { fileTypeFromBuffer } from 'file-type';
import type { FileInspector, FileVerdict } from './port.ts';
import { inspectPdf } from './inspect-pdf.ts';
import { inspectZip } from './inspect-zip.ts';

const IMAGES = new Set(['image/png', 'image/jpeg']);
const OFFICE =
  /^application\/(vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)|vnd\.oasis\.opendocument\.(text|spreadsheet|presentation))$/;

/** {@link FileInspector} by the file's own first bytes (`file-type`), then by what is packed in it. */
export const fileInspector: FileInspector = {
  async inspect(bytes): Promise<FileVerdict> {
    const mediaType = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
    if (mediaType === undefined)
      return isText(bytes) ? { kind: 'good', mediaType: 'text/plain' } : { kind: 'refused', reason: 'type' };
    const good = { kind: 'good', mediaType } as const;
    if (IMAGES.has(mediaType)) return good;
    const reason =
      mediaType === 'application/pdf'
        ? await inspectPdf(bytes)
        : OFFICE.test(mediaType)
          ? await inspectZip(bytes)
          : 'type';
    return reason === null ? good : { kind: 'refused', reason };
  },
};

/** UTF-8 without control characters. Text that a browser or program would run looks like this too: it is only ever given out as an attachment. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-control-regex
    return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}
