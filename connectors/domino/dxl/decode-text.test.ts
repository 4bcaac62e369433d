import { describe, expect, it } from 'vitest';
import { chunks, readAll } from './testing/read-all.ts';

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

const file = (encoding: string, form: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?><database xmlns='http://www.lotus.com/dxl'><document form='${form}'/></database>`;

describe('the encoding', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(file('UTF-8', 'Đảng')), 'Đảng'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${file('utf-8', 'Đảng')}`), 'Đảng'],
    ['UTF-8 undeclared', Buffer.from("<database><document form='Đảng'/></database>"), 'Đảng'],
    ['UTF-16 little-endian', Buffer.from(`\uFEFF${file('UTF-16', 'Đảng 😀')}`, 'utf16le'), 'Đảng 😀'],
    ['UTF-16 big-endian', utf16be(`\uFEFF${file('UTF-16', 'Đảng')}`), 'Đảng'],
    ['UTF-16 without a mark', Buffer.from(file('UTF-16', 'Đảng'), 'utf16le'), 'Đảng'],
    ['UTF-16 big-endian without a mark', utf16be(file('UTF-16', 'Đảng')), 'Đảng'],
    ['ISO-8859-1', Buffer.from(file('ISO-8859-1', 'é'), 'latin1'), 'é'],
    ['windows-1252', Buffer.from(file('windows-1252', '\u0080'), 'latin1'), '€'],
    ['windows-1258', Buffer.from(file('windows-1258', '\u00F0\u00FE'), 'latin1'), 'đ₫'],
  ])('%s', async (_, bytes, form) => {
    for (const size of [1, 3, 65_536]) {
      const { notes } = await readAll(chunks(bytes, size));
      expect(notes[0]?.items[0]?.value).toMatchObject({ values: [form] });
    }
  });
});
