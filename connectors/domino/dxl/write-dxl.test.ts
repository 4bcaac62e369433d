import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredItem, StoredNote } from '../embedded/stored-note.ts';
import { storedNote } from './testing/stored-note-arbitrary.ts';
import { chunks, readAll, text } from './testing/read-all.ts';
import { writeDxl } from './write-dxl.ts';

const plain: StoredNote = {
  unid: '0123456789ABCDEF0123456789ABCDEF',
  noteId: 0x8f6,
  sequence: 1,
  sequenceTime: Date.UTC(2024, 0, 2, 3, 4, 5, 60),
  created: Date.UTC(2024, 0, 2, 3, 4, 5, 50),
  modifiedInFile: Date.UTC(2024, 0, 2, 3, 4, 5, 70),
  addedToFile: Date.UTC(2024, 0, 2, 3, 4, 5, 70),
  parent: null,
  conflict: false,
  items: [],
};

describe('writeDxl', () => {
  it('writes what reading gives back, for any notes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(storedNote, { maxLength: 4 }),
        fc.constantFrom(5, 64, 65_536),
        async (notes, chunkSize) => {
          const file = await text(writeDxl(notes));
          const { notes: read } = await readAll(chunks(file, chunkSize));
          const stored = read.map(({ lastAccessed: _accessed, profile: _profile, ...note }) => note);
          expect(stored).toEqual(notes);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('prints documents as Domino does', async () => {
    const note: StoredNote = {
      ...plain,
      parent: 'F'.repeat(32),
      items: [
        { name: 'Form', value: { type: 'text', values: ["a'<"], list: false }, flags: { summary: true } },
        {
          name: '$UpdatedBy',
          value: { type: 'text', values: ['CN=A/O=B'], list: false },
          flags: { summary: true, names: true },
        },
        { name: 'x', value: { type: 'text', values: ['1\n2', ''], list: true }, flags: { names: true } },
      ],
    };
    const header = { version: '9.0', replicaId: 'C12575D700465A84', path: 'a.nsf', title: 'T' };
    const file = await text(writeDxl([note], header));
    expect(file).toBe(`<?xml version='1.0' encoding='utf-8'?>
<database xmlns='http://www.lotus.com/dxl' version='9.0' replicaid='C12575D700465A84' path='a.nsf' title='T'>
<document form='a&apos;&lt;' parent='FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' response='true'>
<noteinfo noteid='8f6' unid='0123456789ABCDEF0123456789ABCDEF' sequence='1'>
<created><datetime>20240102T030405,05+00</datetime></created>
<modified><datetime>20240102T030405,07+00</datetime></modified>
<revised><datetime>20240102T030405,06+00</datetime></revised>
<addedtofile><datetime>20240102T030405,07+00</datetime></addedtofile>
</noteinfo>
<updatedby><name>CN=A/O=B</name></updatedby>
<item name='x' summary='false' names='true'><textlist><text>1<break/>2</text><text/></textlist></item>
</document>
</database>
`);
    expect((await readAll(chunks(file))).header).toEqual({ root: 'database', ...header });
  });

  it('keeps what stands before the items in the order of the DTD', async () => {
    const revisions: StoredItem = {
      name: '$Revisions',
      value: { type: 'datetime', values: [], ranges: [], list: true },
      flags: { summary: true },
    };
    const updatedBy: StoredItem = {
      name: '$UpdatedBy',
      value: { type: 'text', values: ['CN=A'], list: false },
      flags: { summary: true, names: true },
    };
    const body = async (...items: StoredItem[]): Promise<string> => text(writeDxl([{ ...plain, items }]));
    expect(await body(updatedBy, revisions)).toContain(
      '<updatedby><name>CN=A</name></updatedby>\n<revisions>',
    );
    expect(await body(revisions, updatedBy)).toContain("<revisions></revisions>\n<item name='$UpdatedBy'");
  });

  it('writes numbers that have no short decimal', async () => {
    const values = [-0, 1e21, 5e-324, 0.1 + 0.2, Infinity, -Infinity];
    const numbers: StoredItem = { name: 'n', value: { type: 'number', values, list: true }, flags: {} };
    const file = await text(writeDxl([{ ...plain, items: [numbers] }]));
    const read = (await readAll(chunks(file))).notes[0]?.items[0]?.value;
    expect(read?.type === 'number' && read.values.map((value) => Object.is(value, values.shift()))).toEqual(
      Array.from({ length: 6 }, () => true),
    );
  });

  it('gives back profiles, attributes and elements that Notes has no place for', async () => {
    const file = `<database xmlns='http://www.lotus.com/dxl'>
      <profiledocument name='a_b' username='c_d'><item name='x'><text/></item></profiledocument>
      <document truncated='true' key='k' private='false' parent='gone'><mime>a</mime><revisions/><odd/><item name='y' z='1'/></document></database>`;
    const { notes } = await readAll(chunks(file));
    const again = await text(writeDxl(notes));
    expect(again).toContain("<profiledocument name='a_b' username='c_d'>");
    expect(again).toContain(
      "<document truncated='true' key='k' private='false' parent='gone'>\n<mime>a</mime>",
    );
    expect((await readAll(chunks(again))).notes).toEqual(notes);
  });

  it('refuses what would break the file', async () => {
    const rich = (bytes: Uint8Array): StoredNote => ({
      ...plain,
      items: [{ name: 'Body', value: { type: 'richtext', format: 'dxl', bytes }, flags: {} }],
    });
    for (const xml of ['<richtext>', '<a/>', '<richtext/><richtext/>', 'x<richtext/>', '</item>', '']) {
      await expect(text(writeDxl([rich(Buffer.from(xml))]))).rejects.toThrow('item "Body"');
    }
    await expect(text(writeDxl([rich(Buffer.from([0xff]))]))).rejects.toThrow('not UTF-8');
    const odd: StoredNote = {
      ...plain,
      items: [{ name: 'a\u0001', value: { type: 'text', values: [], list: true }, flags: {} }],
    };
    await expect(text(writeDxl([odd]))).rejects.toThrow('an item name');
  });
});
