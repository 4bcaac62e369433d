import { describe, expect, it } from 'vitest';
import type { StoredItem } from '../embedded/stored-note.ts';
import { chunks, database, readAll } from './testing/read-all.ts';

const unid = '0123456789abcdef0123456789abcdef';

async function itemsOf(inner: string): Promise<readonly StoredItem[]> {
  const { notes } = await readAll(chunks(database(`<document>${inner}</document>`)));
  return notes[0]?.items ?? [];
}

function bytesOf(item: StoredItem | undefined): string {
  const value = item?.value;
  const bytes = value?.type === 'raw' || value?.type === 'richtext' ? value.bytes : new Uint8Array();
  return new TextDecoder().decode(bytes);
}

describe('the file', () => {
  it('gives its header, its notes and its counts', async () => {
    const { header, notes, counts } = await readAll(
      chunks(
        `<!DOCTYPE database SYSTEM 'xmlschemas/domino_12_0_2.dtd'>
        <database xmlns='http://www.lotus.com/dxl' version='12.0' replicaid='c12575d700465a84' path='CN=a/O=b!!x.nsf' title='T'>
        <databaseinfo dbid='1'/><acl><aclentry name='x'/></acl>
        <form name='f'><item name='x'><text/></item></form><view/><note class='icon'/>
        <document form='A'/><note class='document'/><profiledocument name='p'/></database>`,
      ),
    );
    expect(header).toEqual({
      root: 'database',
      version: '12.0',
      replicaId: 'C12575D700465A84',
      path: 'CN=a/O=b!!x.nsf',
      title: 'T',
    });
    expect(notes).toHaveLength(3);
    expect(counts).toEqual({ documents: 3, items: 2, attachments: 0, keptRaw: 0, designNotesSkipped: 3 });
  });

  it.each(['document', "note class='document'", "profiledocument name='p'"])(
    'may be one %s',
    async (start) => {
      const [name = ''] = start.split(' ');
      const { header, notes } = await readAll(
        chunks(
          `<${start} xmlns='http://www.lotus.com/dxl' version='8.5' replicaid='0000000000000001'><item name='a'><text>b</text></item></${name}>`,
        ),
      );
      expect(header).toMatchObject({ root: name, version: '8.5', replicaId: '0000000000000001' });
      expect(notes[0]?.items.at(-1)).toEqual({
        name: 'a',
        value: { type: 'text', values: ['b'], list: false },
        flags: { summary: true },
      });
    },
  );

  it('reads the same whatever the chunks are', async () => {
    const file = database(
      `<document form='Đảng viên'><item name='a'><text>Nguyễn<break/>😀&amp;</text></item></document>`,
    );
    const whole = await readAll(chunks(file));
    expect(await readAll(chunks(file, 1))).toEqual(whole);
    expect(whole.notes[0]?.items[1]?.value).toEqual({ type: 'text', values: ['Nguyễn\n😀&'], list: false });
  });
});

describe('the note', () => {
  it('has its identity and times in UTC', async () => {
    const { notes } = await readAll(
      chunks(
        database(`<document form='F' parent='${unid}' response='true' conflict='true'>
        <noteinfo noteid='91e' unid='${unid}' sequence='8'>
        <created><datetime dst='true'>20200728T122240,71-04</datetime></created>
        <modified><datetime>20200728T133538, 64+0530</datetime></modified>
        <revised><datetime>20200728T133538,63</datetime></revised>
        <lastaccessed><datetime/></lastaccessed></noteinfo>
        <updatedby><name>CN=A/O=B</name><name>CN=C/O=B</name></updatedby>
        <revisions><datetime>20200728T122322,12+07</datetime></revisions></document>`),
      ),
    );
    expect(notes[0]).toMatchObject({
      unid: unid.toUpperCase(),
      noteId: 0x91e,
      sequence: 8,
      created: Date.UTC(2020, 6, 28, 16, 22, 40, 710),
      modifiedInFile: Date.UTC(2020, 6, 28, 8, 5, 38, 640),
      sequenceTime: Date.UTC(2020, 6, 28, 13, 35, 38, 630),
      lastAccessed: null,
      addedToFile: null,
      parent: unid.toUpperCase(),
      conflict: true,
    });
    expect(notes[0]?.items).toEqual([
      { name: 'Form', value: { type: 'text', values: ['F'], list: false }, flags: { summary: true } },
      {
        name: '$UpdatedBy',
        value: { type: 'text', values: ['CN=A/O=B', 'CN=C/O=B'], list: true },
        flags: { summary: true, names: true },
      },
      {
        name: '$Revisions',
        value: {
          type: 'datetime',
          values: [{ date: '2020-07-28', time: '12:23:22.12', zone: '+0700', dst: false }],
          ranges: [],
          list: true,
        },
        flags: { summary: true },
      },
    ]);
  });

  it('takes $REF and $Conflict of the note form for what they are', async () => {
    const { notes } = await readAll(
      chunks(
        database(`<note class='document'><item name='Form'><text>F</text></item>
        <item name='$REF' summary='true'><rawitemdata type='4'>
AQAxYksAtIUlwbwuNs2/jbuP
</rawitemdata></item><item name='$Conflict'><text/></item></note>`),
      ),
    );
    expect(notes[0]).toMatchObject({ parent: 'C12585B4004B62318FBB8DBFCD362EBC', conflict: true });
    expect(notes[0]?.items.map((item) => item.name)).toEqual(['Form']);
  });

  it('finds a parent by the key it has in the file', async () => {
    const { notes } = await readAll(
      chunks(
        database(
          `<document key='k1'><noteinfo unid='${unid}'/></document><document parent='k1'/><document parent='k2'/>`,
        ),
      ),
    );
    expect(notes.map((note) => note.parent)).toEqual([null, unid.toUpperCase(), null]);
    expect(notes.map((note) => note.items[0]?.value)).toEqual([
      { type: 'text', values: ['key=k1'], list: true },
      undefined,
      { type: 'text', values: ['parent=k2'], list: true },
    ]);
  });

  it('names a profile as Notes does', async () => {
    const { notes } = await readAll(chunks(database(`<profiledocument name='Setup' username='CN=A/O=B'/>`)));
    expect(notes[0]?.profile).toEqual({ name: 'Setup', username: 'CN=A/O=B' });
    expect(notes[0]?.items[0]?.value).toMatchObject({ values: ['$profile_005Setup_CN=A/O=B'] });
  });

  it('keeps what Notes has no place for', async () => {
    const { notes, counts } = await readAll(
      chunks(
        database(
          `<document truncated='true'><textproperties><textproperty propid='1'/></textproperties><mime><![CDATA[From: <a>\n\n]]>b</mime><novelty a="'"><b/> c</novelty></document>`,
        ),
      ),
    );
    const items = notes[0]?.items ?? [];
    expect(items.map((item) => item.name)).toEqual([
      '$DXL_attributes',
      '$DXL_textproperties',
      '$DXL_mime',
      '$DXL_novelty',
    ]);
    expect(items.slice(1).map(bytesOf)).toEqual([
      "<textproperties><textproperty propid='1'/></textproperties>",
      '<mime>From: &lt;a&gt;\n\nb</mime>',
      "<novelty a='&apos;'><b/> c</novelty>",
    ]);
    expect(counts?.keptRaw).toBe(3);
  });
});

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
