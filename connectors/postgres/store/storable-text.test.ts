import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchJson, storableText, valueJson } from './storable-text.ts';

const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom('\0', '\uD800', '\uDC00', '\\u0000', '😀'), fc.string()),
});

describe('storable text', () => {
  it('replaces what PostgreSQL cannot hold and nothing else', () => {
    expect(storableText('a\0b\uD800c\uDC00d😀\\u0000')).toBe('a\uFFFDb\uFFFDc\uFFFDd😀\\u0000');
  });

  it('makes every text of a batch storable', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const rows = JSON.parse(batchJson(texts.map((key) => ({ key })))) as readonly {
          readonly key: string;
        }[];
        expect(rows.map((row) => row.key)).toStrictEqual(texts.map(storableText));
      }),
    );
  });

  it('carries nested JSON through a batch unchanged', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [row] = JSON.parse(batchJson([{ base: valueJson({ text }), other: text }])) as readonly {
          base: string;
        }[];
        expect(JSON.parse(row?.base ?? '')).toStrictEqual({ text });
      }),
    );
  });
});
