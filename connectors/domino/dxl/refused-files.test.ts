import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DxlError } from './dxl-error.ts';
import type { DxlLimits } from './dxl-limits.ts';
import { chunks, database, readAll } from './testing/read-all.ts';

async function refusal(
  content: string | Uint8Array,
  limits: Partial<DxlLimits> = {},
  size = 65_536,
): Promise<DxlError> {
  try {
    await readAll(chunks(content, size), { limits });
  } catch (error) {
    if (error instanceof DxlError) return error;
    throw error;
  }
  throw new Error('the file was read');
}

describe('a file that is refused', () => {
  it.each([
    ['', 'root'],
    ['no xml', 'line 1'],
    ['<html/>', '<html> is no DXL'],
    ["<database xmlns='urn:other'/>", 'is no DXL'],
    [
      database('<document>\n<item name="a">').slice(0, -'</database>'.length),
      'line 3, column 16: the file ends inside <item>',
    ],
    [database('<document>\n<item></document>'), 'line 3'],
    [database('<document>\n text</document>'), '<document> holds text'],
    [database('<document a="1" a="2"/>'), 'duplicate'],
    [database('<document>&nbsp;</document>'), 'entity'],
    [database('<document><item name="a"><text>\u0001</text></item></document>'), 'line 2'],
    [database("<document><noteinfo unid='12'/></document>"), 'unid is not 32 hex digits'],
    [database("<document><noteinfo noteid='x'/></document>"), 'noteid'],
    [database("<document><noteinfo sequence='x'/></document>"), 'sequence'],
    [`${database('')}<database/>`, 'line 2'],
    ["<!DOCTYPE database [<!ENTITY a 'b'>]><database/>", 'internal subset'],
    ["<!DOCTYPE database SYSTEM 'x' [ ]><database/>", 'internal subset'],
    ["<?xml version='1.0' encoding='klingon'?><database/>", 'klingon'],
  ])('%# %j: %s', async (content, reason) => {
    expect((await refusal(content)).message).toContain(reason);
  });

  it('may have brackets in the name of its DTD', async () => {
    const { counts } = await readAll(chunks("<!DOCTYPE database SYSTEM 'a[1].dtd'><database/>"));
    expect(counts?.documents).toBe(0);
  });

  it('has bytes that are not in its encoding', async () => {
    const bytes = Buffer.concat([Buffer.from(database('<document/>')), Buffer.from([0xff])]);
    expect((await refusal(bytes)).message).toContain('not valid utf-8');
  });

  it('says line and column', async () => {
    const error = await refusal(database('\n  <document></item></database>'));
    expect([error.line, error.column]).toEqual([3, 20]);
  });

  it('ends anywhere but after its root', async () => {
    const file = database(
      `<document form='x'><item name='a'><text>b<break/>&amp;</text></item><!-- c --></document>`,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: file.length - 1 }),
        fc.integer({ min: 1, max: 50 }),
        async (end, size) => {
          expect(await refusal(file.slice(0, end), {}, size)).toBeInstanceOf(DxlError);
        },
      ),
    );
  });
});

describe('a file beyond the limits', () => {
  const item = "<item name='a'><text>bcd</text></item>";

  it.each<[string, Partial<DxlLimits>, string, string]>([
    [
      'text',
      { maxTextLength: 500 },
      `<document><item name='a'><text>${'x'.repeat(501)}</text></item></document>`,
      'a text is longer than 500',
    ],
    [
      'attribute',
      { maxTextLength: 500 },
      `<document form='${'x'.repeat(501)}'/>`,
      'a text is longer than 500',
    ],
    ['comment', { maxTextLength: 500 }, `<!--${'x'.repeat(501)}-->`, 'a text is longer than 500'],
    [
      'document',
      { maxDocumentLength: 500 },
      `<document>${item.repeat(20)}</document>`,
      'a document is longer than 500',
    ],
    ['depth', { maxDepth: 20 }, `<document>${'<a>'.repeat(20)}`, 'deeper than 20'],
    ['skipped depth', { maxDepth: 20 }, `<form>${'<a>'.repeat(20)}`, 'deeper than 20'],
    ['items', { maxItemsPerDocument: 3 }, `<document>${item.repeat(4)}</document>`, 'more than 3 items'],
  ])('in its %s', async (_, limits, inner, reason) => {
    expect((await refusal(database(inner), limits)).message).toContain(reason);
    expect((await refusal(database(inner), limits, 7)).message).toContain(reason);
  });

  it('is noticed while a text goes on without end', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(database('').replace('</database>', "<document><item name='a'><text>"));
      for (; given < 10_000; given += 1) yield Buffer.alloc(1000, 'x');
    }
    await expect(readAll(endless(), { limits: { maxTextLength: 100_000 } })).rejects.toThrow(
      'longer than 100000',
    );
    expect(given).toBeLessThan(200);
  });

  it('counts each document by itself', async () => {
    const document = `<document>${item.repeat(5)}</document>`;
    const limits = { maxTextLength: 500, maxDocumentLength: 400, maxItemsPerDocument: 5 };
    const { counts } = await readAll(chunks(database(document.repeat(50))), { limits });
    expect(counts?.documents).toBe(50);
  });
});
