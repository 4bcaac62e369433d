import { describe, expect, it } from 'vitest';
import type { StoredItem } from '../embedded/stored-note.ts';
import { bytesOf, chunks, database, readAll } from './testing/read-all.ts';

async function itemsOf(inner: string): Promise<readonly StoredItem[]> {
  const { notes } = await readAll(chunks(database(`<document>${inner}</document>`)));
  return notes[0]?.items ?? [];
}

describe('the item', () => {
  it.each<[string, unknown]>([
    ['<text/>', { type: 'text', values: [''], list: false }],
    ['<text\n> a <break\n/>b</text>', { type: 'text', values: [' a \nb'], list: false }],
    [
      "<text>a<nonxmlchar value='1'/><nonxmlchar value='0xD83D'/></text>",
      { type: 'text', values: ['a\u0001\uD83D'], list: false },
    ],
    ['<textlist/>', { type: 'text', values: [], list: true }],
    ['<textlist><text>a</text>\n<text/></textlist>', { type: 'text', values: ['a', ''], list: true }],
    ['<number>-1.5e-7</number>', { type: 'number', values: [-1.5e-7], list: false }],
    ['<numberlist><number>1</number></numberlist>', { type: 'number', values: [1], list: true }],
    ['<formula>@If(a;\nb)</formula>', { type: 'formula', source: '@If(a;\nb)', compiled: false }],
    ["<formula compiled='true'>AAA=</formula>", { type: 'formula', source: 'AAA=', compiled: true }],
    [
      "<rawitemdata type='4'>AQID</rawitemdata>",
      { type: 'raw', element: 'rawitemdata', typeHex: '4', bytes: new Uint8Array([1, 2, 3]) },
    ],
    [
      "<itemdata type='1'>AQ==</itemdata>",
      { type: 'raw', element: 'itemdata', typeHex: '1', bytes: new Uint8Array([1]) },
    ],
    [
      "<rawitemdata type='1'>AQ\n==</rawitemdata>",
      { type: 'richtext', format: 'cd', bytes: new Uint8Array([1]) },
    ],
  ])('%s', async (xml, value) => {
    expect((await itemsOf(`<item name='x'>${xml}</item>`))[0]?.value).toEqual(value);
  });

  it.each<[string, unknown]>([
    ['20240131T010203,04+07', { date: '2024-01-31', time: '01:02:03.04', zone: '+0700', dst: false }],
    ['20240131T010203,04-0330', { date: '2024-01-31', time: '01:02:03.04', zone: '-0330', dst: false }],
    ['20240131T010203', { date: '2024-01-31', time: '01:02:03.00', zone: null, dst: false }],
    ['20240131', { date: '2024-01-31', time: null, zone: null, dst: false }],
    ['T060306,52', { date: null, time: '06:03:06.52', zone: null, dst: false }],
    ['', { date: null, time: null, zone: null, dst: false }],
  ])('datetime %j', async (text, value) => {
    expect((await itemsOf(`<item name='x'><datetime>${text}</datetime></item>`))[0]?.value).toEqual({
      type: 'datetime',
      values: [value],
      ranges: [],
      list: false,
    });
  });

  it('has ranges after datetimes', async () => {
    const day = (text: string): string => `<datetime>${text}</datetime>`;
    const pair = `<datetimepair>${day('20240101')}${day('20240109')}</datetimepair>`;
    const [item] = await itemsOf(
      `<item name='x'><datetimelist>${day('20230101')}${pair}</datetimelist></item>`,
    );
    const date = (text: string): object => ({ date: text, time: null, zone: null, dst: false });
    expect(item?.value).toEqual({
      type: 'datetime',
      values: [date('2023-01-01')],
      ranges: [[date('2024-01-01'), date('2024-01-09')]],
      list: true,
    });
  });

  it('has its flags', async () => {
    const flags = "names='true' authors='true' summary='false' seal='true' sign='false'";
    const items = await itemsOf(
      `<item name='a' ${flags}><text/></item><item name='b' summary='true'><richtext/></item><item name='c'><richtext/></item>`,
    );
    expect(items.map((item) => item.flags)).toEqual([
      { names: true, authors: true, seal: true },
      { summary: true },
      {},
    ]);
  });

  it('keeps rich text whole and in one spelling', async () => {
    const rich = `<richtext\n style = "a'b" ><par def='1'><run><font size='9pt'/> x &#38;&#x20;<![CDATA[<y>]]></run><!-- no --><break\n/></par></richtext>`;
    const [item] = await itemsOf(`<item name='Body'>${rich}</item>`);
    expect(item?.value).toMatchObject({ type: 'richtext', format: 'dxl' });
    expect(bytesOf(item)).toBe(
      "<richtext style='a&apos;b'><par def='1'><run><font size='9pt'/> x &amp; &lt;y&gt;</run><break/></par></richtext>",
    );
  });

  it('holds the bytes of an attachment', async () => {
    const file = `<object><file hosttype='msdos' compression='none' flags='storedindoc' name='a.bin'>
      <created><datetime dst='true'>20090605T143945,00+02</datetime></created><modified><datetime/></modified>
      <filedata>\nAAEC\n/w==\n</filedata></file></object>`;
    const [item] = await itemsOf(`<item name='$FILE' summary='true' sign='true'>${file}</item>`);
    expect(item).toEqual({
      name: '$FILE',
      value: {
        type: 'file',
        file: {
          name: 'a.bin',
          created: { date: '2009-06-05', time: '14:39:45.00', zone: '+0200', dst: true },
          modified: { date: null, time: null, zone: null, dst: false },
          bytes: new Uint8Array([0, 1, 2, 255]),
          attributes: { hosttype: 'msdos', compression: 'none', flags: 'storedindoc' },
        },
      },
      flags: { summary: true, sign: true },
    });
  });

  it('counts compressed attachments as not interpreted', async () => {
    const file = (compression: string): string =>
      `<item name='$FILE'><object><file name='a' compression='${compression}'><filedata/></file></object></item>`;
    const { counts } = await readAll(
      chunks(database(`<document>${['none', 'lz1', 'huffman'].map(file).join('')}</document>`)),
    );
    expect(counts).toMatchObject({ attachments: 3, keptRaw: 2 });
  });

  it.each([
    ['a number that is none', '<number>x</number>'],
    ['an unknown date', '<datetime>2024-01-01</datetime>'],
    ['a text with markup', '<text><b>x</b></text>'],
    ['broken base64', "<rawitemdata type='4'>A*==</rawitemdata>"],
    ['an attachment without content', "<object><file name='a'/></object>"],
    ['an unknown element', '<novelty>x</novelty>'],
  ])('keeps %s as it came', async (_, xml) => {
    const [item] = await itemsOf(`<item name='x' seal='true'>${xml}</item>`);
    expect(item).toMatchObject({ name: 'x', value: { type: 'raw', typeHex: '' }, flags: { seal: true } });
    expect(bytesOf(item)).toBe(xml);
  });

  it.each([
    "<item name='x' odd='1'><text/></item>",
    "<item name='x'><text/><text/></item>",
    "<item name='x'>y</item>",
    "<item name='x'/>",
  ])('keeps all of %s', async (xml) => {
    const [item] = await itemsOf(xml);
    expect(item).toMatchObject({ name: 'x', value: { type: 'raw', element: 'item' }, flags: {} });
    expect(bytesOf(item)).toBe(xml);
  });
});
