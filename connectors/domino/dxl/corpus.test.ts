import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dxlFile } from './dxl-file.ts';
import { importDxl } from './import-dxl.ts';
import { chunks, readAll, text } from './testing/read-all.ts';
import { writeDxl } from './write-dxl.ts';

const corpus = path.join(import.meta.dirname, 'corpus');
const files = globSync('**/*.{dxl,xml}', { cwd: corpus }).sort();

/** Counted in the text, without a parser: good enough for files that are known to have no markup in their data. */
function countInText(file: string): { documents: number; items: number; raw: number; files: number } {
  const xml = readFileSync(path.join(corpus, file), 'utf8').replaceAll(/<!--.*?-->/gs, '');
  const count = (pattern: RegExp): number => [...xml.matchAll(pattern)].length;
  const relations = count(/<item\s+name='\$(?:REF|Conflict)'/g);
  const lifted =
    count(/<document[^>]*\sform=/g) + count(/<(?:updatedby|revisions|textproperties|wassignedby)[\s>]/g);
  return {
    documents: count(/<document[\s>]/g) + count(/<note\s+class='document'/g),
    items: count(/<item\s/g) - relations + lifted,
    raw: count(/<(?:rawitemdata|textproperties|wassignedby)[\s>]/g) - relations,
    files: count(/<file\s/g),
  };
}

describe('real exports', () => {
  it('are all there', () => {
    expect(files).toHaveLength(14);
  });

  it.each(files)('%s loses nothing', async (file) => {
    const { counts } = await readAll(dxlFile(path.join(corpus, file)).open());
    const expected = countInText(file);
    expect(counts).toEqual({
      documents: expected.documents,
      items: expected.items,
      attachments: expected.files,
      keptRaw: expected.raw,
      designNotesSkipped: 0,
    });
    expect(counts?.documents).toBeGreaterThan(0);
  });

  it.each(files)('%s comes back equal after an export', async (file) => {
    const { notes } = await readAll(dxlFile(path.join(corpus, file)).open());
    const written = await text(writeDxl(notes));
    const again = await readAll(chunks(written, 1000));
    expect(again.notes).toEqual(notes);
    expect(await text(writeDxl(again.notes))).toBe(written);
  });

  it('are imported together', async () => {
    const taken: number[] = [];
    const nothing = (): void => undefined;
    const result = await importDxl(
      files.map((file) => dxlFile(path.join(corpus, file))),
      { begin: nothing, put: (notes) => void taken.push(notes.length), commit: nothing, rollback: nothing },
    );
    expect(result.rejected).toEqual([]);
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(result.documents);
    expect(result).toMatchObject({ files: 14, documents: 16, items: 780, attachments: 0, keptRaw: 8 });
  });

  it('give the values that are in them', async () => {
    const { notes } = await readAll(
      dxlFile(path.join(corpus, 'domino-jnx/testConvertAndOpenMimeItem/styledtext.xml')).open(),
    );
    const [note] = notes;
    const item = (name: string): unknown => note?.items.find((one) => one.name === name);
    expect(note?.created).toBe(Date.UTC(2020, 6, 28, 16, 22, 40, 710));
    expect(item('Readers')).toEqual({
      name: 'Readers',
      value: { type: 'text', values: ['CN=Jesse Gallagher/O=IKSG', '[Admin]'], list: true },
      flags: { summary: true, names: true, readers: true },
    });
    expect(item('Body')).toMatchObject({ value: { type: 'richtext', format: 'cd' } });
  });
});
