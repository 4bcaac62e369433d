import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { inspectPdf } from './inspect-pdf.ts';

const SCRIPT = Buffer.from('<< /S /JavaScript /JS (app.alert(1)) >>');
/** What no text looks like, with the three letters that chance puts into pictures. */
const PICTURE = Buffer.concat([Buffer.alloc(4_000, 0xe1), Buffer.from('/JS '), Buffer.alloc(4_000, 0x03)]);

function pdf(dictionary: string, stream: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< ${dictionary} >>\nstream\n`),
    stream,
    Buffer.from('\nendstream\nendobj\nstartxref\n0\n%%EOF\n'),
  ]);
}

it.each([
  ['as it is', '/Subtype /Image', PICTURE],
  ['packed', '/Filter /FlateDecode', deflateSync(PICTURE)],
  ['packed without gain', '/Filter /FlateDecode', deflateSync(PICTURE, { level: 0 })],
] as const)('a picture that spells a key by chance is no script: %s', async (_, dictionary, stream) => {
  expect(await inspectPdf(pdf(dictionary, stream))).toBeNull();
});

it.each([
  ['beside the streams', pdf('/OpenAction << /S /#4AavaScript >>', PICTURE)],
  ['in what only says that it is a stream', pdf('', SCRIPT)],
  ['in packed objects', pdf('/Type /ObjStm', deflateSync(SCRIPT))],
  [
    'in packed objects among odd bytes',
    pdf('/Type /#4FbjStm', deflateSync(Buffer.concat([PICTURE, SCRIPT]))),
  ],
  ['behind a picture', Buffer.concat([pdf('/Subtype /Image', PICTURE), SCRIPT])],
])('a script is found %s', async (_, bytes) => {
  expect(await inspectPdf(bytes)).toBe('active');
});
