import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayElements, BrokenBody } from './json-array.ts';

async function elements(body: Readable): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const element of arrayElements(body)) found.push(element);
  return found;
}

const cut = (text: string, size: number): Readable => {
  const bytes = Buffer.from(text);
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    ),
  );
};

describe('elements of a list', () => {
  it('are the same whatever the line ends, the spaces and the places where the pieces are cut', async () => {
    const anyLayout = fc.constantFrom('\n', '\r\n', '', ' \t');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        anyLayout,
        fc.integer({ min: 1, max: 40 }),
        async (list, gap, size) => {
          const text = `[${gap}${list.map((one) => JSON.stringify(one)).join(`,${gap}`)}${gap}]`;
          expect(await elements(cut(text, size))).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of a body that breaks off are an error, wherever it does', async () => {
    const text = '[\n{"a":"Đảng"},\n{"b":[1,2.5]}\n]';
    for (let end = 0; end < Buffer.byteLength(text); end += 1) {
      const short = Readable.from([Buffer.from(text).subarray(0, end)]);
      await expect(elements(short), `cut at ${end}`).rejects.toBeInstanceOf(BrokenBody);
    }
  });

  it('of a body that is no list are an error', async () => {
    for (const text of ['{"status":404,"message":"x"}', 'true', '<html></html>', '[1,', '[]]'])
      await expect(elements(Readable.from([Buffer.from(text)])), text).rejects.toBeInstanceOf(BrokenBody);
  });

  it('are read as they come: what is not read is not fetched', async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        yield Buffer.from('[0');
        for (;;) {
          sent += 1;
          yield Buffer.from(`,"${'x'.repeat(1000)}"`);
        }
      })(),
      { objectMode: false },
    );
    let read = 0;
    for await (const element of arrayElements(endless)) {
      read += element === undefined ? 0 : 1;
      if (read === 3000) break;
    }
    expect(endless.destroyed).toBe(true);
    expect(sent).toBeLessThan(3000 + 2000);
  });
});
