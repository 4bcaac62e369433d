import { describe, expect, it } from 'vitest';
import type { DxlHeader, DxlNote } from './dxl-note.ts';
import { type DxlSource, type DxlTarget, importDxl } from './import-dxl.ts';
import { chunks, database } from './testing/read-all.ts';

/** Holds what was committed, and every call. */
class MemoryTarget implements DxlTarget {
  readonly committed: DxlNote[] = [];
  readonly calls: string[] = [];
  #pending: DxlNote[] = [];

  begin(header: DxlHeader): void {
    this.calls.push(`begin ${header.title ?? ''}`);
    this.#pending = [];
  }

  put(notes: DxlNote[]): void {
    this.calls.push(`put ${notes.length}`);
    if (notes.some((note) => note.items.some((item) => item.name === 'refuse'))) throw new Error('no room');
    this.#pending.push(...notes);
  }

  commit(): void {
    this.calls.push('commit');
    this.committed.push(...this.#pending);
  }

  rollback(): void {
    this.calls.push('rollback');
    this.#pending = [];
  }
}

function source(name: string, content: string): DxlSource {
  return { name, open: () => chunks(content) };
}

function documents(count: number): string {
  return Array.from({ length: count }, (_, n) => `<document form='f${n}'/>`).join('');
}

describe('importDxl', () => {
  it('puts files in batches, each file a unit', async () => {
    const target = new MemoryTarget();
    const file = `<item name='$FILE'><object><file name='a'><filedata>AAAA</filedata></file></object></item>`;
    const result = await importDxl(
      [source('a', database(documents(450))), source('b', database(`<form/><document>${file}</document>`))],
      target,
    );
    expect(result).toEqual({
      files: 2,
      documents: 451,
      items: 451,
      attachments: 1,
      keptRaw: 0,
      designNotesSkipped: 1,
      rejected: [],
    });
    expect(target.calls).toEqual([
      'begin ',
      'put 200',
      'put 200',
      'put 50',
      'commit',
      'begin ',
      'put 1',
      'commit',
    ]);
    expect(target.committed).toHaveLength(451);
  });

  it('rejects a bad file as a whole and goes on', async () => {
    const target = new MemoryTarget();
    const broken = database(documents(300)).replace('</database>', '<document>');
    const full = database(`${documents(2)}<document><item name='refuse'><text/></item></document>`);
    const result = await importDxl(
      [
        source('cut', broken),
        source('page', '<html/>'),
        source('full', full),
        {
          name: 'gone',
          open() {
            throw new Error('ENOENT: no such file');
          },
        },
        source('good', database(documents(1))),
      ],
      target,
    );
    expect(result.rejected.map(({ file }) => file)).toEqual(['cut', 'page', 'full', 'gone']);
    expect(result.rejected.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^line 2, column \d+: the file ends inside <document>/),
      expect.stringContaining('<html> is no DXL'),
      'no room',
      'ENOENT: no such file',
    ]);
    expect(result).toMatchObject({ files: 5, documents: 1, items: 1 });
    expect(target.committed).toHaveLength(1);
    expect(target.calls.filter((call) => call === 'rollback')).toHaveLength(2);
  });

  it('flushes early when the notes are large', async () => {
    const target = new MemoryTarget();
    const big = `<document><item name='a'><text>${'x'.repeat(9_000_000)}</text></item></document>`;
    await importDxl([source('a', database(big.repeat(3)))], target);
    expect(target.calls).toEqual(['begin ', 'put 2', 'put 1', 'commit']);
  });

  it('rolls back and throws when it is aborted', async () => {
    const target = new MemoryTarget();
    const controller = new AbortController();
    const aborting: DxlTarget = {
      begin: (header) => target.begin(header),
      put(notes) {
        target.put(notes);
        controller.abort(new Error('stop'));
      },
      commit: () => target.commit(),
      rollback: () => target.rollback(),
    };
    const files = [source('a', database(documents(450)))];
    await expect(importDxl(files, aborting, { signal: controller.signal })).rejects.toThrow('stop');
    expect(target.calls).toEqual(['begin ', 'put 200', 'rollback']);
  });
});
