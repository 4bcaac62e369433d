import { describe, expect, it } from 'vitest';
import { bytesOf, chunks, database, readAll } from './testing/read-all.ts';

const unid = '0123456789abcdef0123456789abcdef';

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
