import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AttachmentUpload } from '../port.ts';
import type { StreamedBody } from './http.ts';

/** One file as `multipart/form-data`, as browsers write it, without holding its bytes. */
export function multipartFile(part: string, file: AttachmentUpload): StreamedBody {
  const boundary = `bridge-${randomUUID()}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="${part}"; filename="${quoted(file.name)}"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* content(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* file.open();
    yield tail;
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: head.byteLength + file.size + tail.byteLength,
    open: () => Readable.from(content(), { objectMode: false }),
  };
}

/** The escapes of the HTML standard for a file name in a form. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
