import { crc32, deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fileInspector } from './inspect-file.ts';

interface Part {
  readonly name: string;
  readonly data: Buffer;
  /** What the directory says of the unpacked size. @default the truth */
  readonly claims?: number;
  /** Shares the bytes of the part before. */
  readonly shared?: boolean;
}

const DOCX = {
  name: '[Content_Types].xml',
  data: Buffer.from(
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  ),
};
const DOCUMENT = { name: 'word/document.xml', data: Buffer.from('<w:document/>') };

function zip(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let place = 0;
  for (const { name, data, claims = data.length, shared = false } of parts) {
    const packed = deflateRawSync(data, { level: 9 });
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(data), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(claims, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    if (!shared) {
      place = at;
      files.push(head, Buffer.from(name), packed);
      at += head.length + Buffer.byteLength(name) + packed.length;
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(data), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claims, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(place, 42);
    directory.push(entry, Buffer.from(name));
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, list, end]);
}

const big = Buffer.alloc(48 * 1024 * 1024);
const of = (...parts: Part[]) => zip([DOCX, DOCUMENT, ...parts]);

it('takes a document', async () => {
  expect(await fileInspector.inspect(of())).toEqual({
    kind: 'good',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  });
});

it.each([
  ['bomb', 'much that is packed small', of({ name: 'word/media/a.xml', data: big })],
  ['damaged', 'a size that is not the truth', of({ name: 'word/media/a.xml', data: big, claims: 10 })],
  [
    'bomb',
    'many entries of the same bytes',
    zip([
      DOCX,
      DOCUMENT,
      {
        name: 'word/media/b.xml',
        data: Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * 7919) % 251)),
      },
      ...Array.from({ length: 200 }, () => ({
        name: 'word/media/b.xml',
        data: Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * 7919) % 251)),
        shared: true,
      })),
    ]),
  ],
  ['bomb', 'an archive in the archive', of({ name: 'word/embeddings/a.zip', data: Buffer.from('PK') })],
  ['active', 'macros', of({ name: 'word/vbaProject.bin', data: Buffer.from('macro') })],
  ['damaged', 'a name that leads out', of({ name: '../../etc/passwd', data: Buffer.from('x') })],
  ['damaged', 'what is cut off', of({ name: 'word/a.xml', data: Buffer.from('x') }).subarray(0, -30)],
  ['type', 'an archive of anything', zip([{ name: 'a.txt', data: Buffer.from('x') }])],
  ['type', 'control characters', Buffer.from('a\u0007b')],
  ['type', 'bytes that are not UTF-8', Buffer.from([0xff, 0x41, 0xfe])],
  ['damaged', 'a PDF without an end', Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj')],
] as const)('refuses as %s: %s', async (reason, _, bytes) => {
  expect(await fileInspector.inspect(bytes)).toEqual({ kind: 'refused', reason });
});
