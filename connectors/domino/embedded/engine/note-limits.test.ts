import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredNote } from '../stored-note.ts';
import { EngineError } from './engine-error.ts';
import { fileItem, numberItem, richTextItem, textItem } from './item-builders.ts';
import { checkLimits, DOMINO_LIMITS, LARGE_SUMMARY_LIMITS } from './note-limits.ts';
import { dateTimeOf } from './notes-date-time.ts';
import { START, temporaryDomino } from './testing/temporary-domino.ts';

const HOUR = 3_600_000;

describe('limits of a note', () => {
  test('[LI1] a summary text over 32 KB is refused, outside the summary it is taken', () => {
    using t = temporaryDomino();
    const long = 'x'.repeat(33_000);
    expect(() => t.database.create([textItem('Remarks', long)])).toThrow(/"Remarks".*too large \(32K\)/u);
    expect(t.database.count()).toBe(0);
    const { unid } = t.database.create([textItem('Remarks', long, { summary: false })]);
    expect(() => t.database.save(unid, () => [textItem('Remarks', long)])).toThrow(EngineError);
    expect(t.database.read(unid)?.sequence).toBe(1);
  });

  test('[LI1] Vietnamese text takes three bytes a letter', () => {
    using t = temporaryDomino();
    expect(() => t.database.create([textItem('A', 'ấ'.repeat(10_930))])).toThrow(EngineError);
    t.database.create([textItem('A', 'ấ'.repeat(10_900))]);
  });

  test('[LI2] a summary over 64 KB in many small items is refused', () => {
    using t = temporaryDomino();
    const items = Array.from({ length: 30 }, (_, index) => textItem(`Item${index}`, 'x'.repeat(2300)));
    expect(() => t.database.create(items)).toThrow(/summary data/u);
    t.database.create(items.slice(0, 27));
  });

  test('[LI2] a note that is nearly full takes its save trail into account: the save that no longer fits is refused whole', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create([
      textItem('A', 'x'.repeat(32_000)),
      textItem('B', 'x'.repeat(32_000)),
      textItem('C', 'x'.repeat(1200)),
    ]);
    let saves = 0;
    const again = (): void => {
      t.time += 1000;
      t.database.save(unid, (items) => items, { by: `CN=Editor ${saves}/O=Party` });
      saves += 1;
    };
    expect(() => {
      for (let save = 0; save < 100; save++) again();
    }).toThrow(/summary data/u);
    expect(saves).toBeGreaterThan(2);
    expect(t.database.read(unid)?.sequence).toBe(saves + 1);
  });

  test('[LI1] [LI2] [LI4] what is taken without counting its letters would be taken when they are counted', () => {
    const word = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', 'é', 'ấ') }));
    const item = fc.oneof(
      fc.tuple(word, fc.array(word, { minLength: 1 })).map(([name, values]) => textItem(name, values)),
      fc.tuple(word, fc.double()).map(([name, value]) => numberItem(name, value)),
    );
    const refuses = (items: Parameters<typeof checkLimits>[0], bytes: number): boolean => {
      const limits = { ...DOMINO_LIMITS, summaryBytes: bytes, summaryItemBytes: bytes, itemNameBytes: 8 };
      try {
        checkLimits(items, limits);
        return false;
      } catch {
        return true;
      }
    };
    // Rich text has every letter counted, and counts for nothing itself.
    const counted = richTextItem('R', new Uint8Array(0));
    fc.assert(
      fc.property(fc.array(item), fc.integer({ min: 0, max: 400 }), (items, bytes) => {
        expect(refuses(items, bytes)).toBe(refuses([...items, counted], bytes));
      }),
    );
  });

  test('[LI2] with LargeSummary 64 KB an item and 16 MB a note', () => {
    const long = textItem('A', 'x'.repeat(60_000));
    const many = Array.from({ length: 40 }, (_, at) => textItem(`A${at}`, 'x'.repeat(60_000)));
    expect(() => checkLimits([long], DOMINO_LIMITS)).toThrow(EngineError);
    expect(() => checkLimits(many, LARGE_SUMMARY_LIMITS)).not.toThrow();
    const tooMany = Array.from({ length: 300 }, (_, at) => textItem(`A${at}`, 'x'.repeat(60_000)));
    expect(() => checkLimits(tooMany, LARGE_SUMMARY_LIMITS)).toThrow(/summary data/u);
  });

  test('[LI3] a text of more than 64 KB is refused also outside the summary; rich text takes it', () => {
    using t = temporaryDomino();
    const long = 'x'.repeat(70_000);
    expect(() => t.database.create([textItem('A', long, { summary: false })])).toThrow(/more than 64K/u);
    t.database.create([richTextItem('A', new TextEncoder().encode(long))]);
  });

  test('[LI4] names of items: no blanks or control characters, 64 bytes, not empty', () => {
    const named = (name: string) => (): void => checkLimits([textItem(name, 'x')], DOMINO_LIMITS);
    for (const name of ['', 'a b', 'a\tb', '\u0000', 'x'.repeat(65), 'ấ'.repeat(22)]) {
      expect(named(name), name).toThrow(/no item name/u);
    }
    for (const name of ['$Revisions', 'Họ_Tên', 'a.b-c', 'x'.repeat(64), 'ấ'.repeat(21)]) {
      expect(named(name), name).not.toThrow();
    }
    const longer = { ...DOMINO_LIMITS, itemNameBytes: 200 };
    expect(() => checkLimits([textItem('x'.repeat(65), 'x')], longer)).not.toThrow();
  });

  test('[LI5] an attachment and a rich text have a greatest size, also when their bytes lie on disk', () => {
    using t = temporaryDomino({ limits: { attachmentBytes: 1000, richTextBytes: 500 } });
    const file = (size: number) => fileItem('a.bin', new Uint8Array(size), dateTimeOf(START));
    expect(() => t.database.create([file(1001)])).toThrow(/"a\.bin" is larger than 1000/u);
    expect(() => t.database.create([richTextItem('Body', new Uint8Array(501))])).toThrow(/"Body"/u);
    const { unid } = t.database.create([file(1000), richTextItem('Body', new Uint8Array(500))]);
    t.database.save(unid, (items) => [...items, textItem('A', 'x')]);
    expect(DOMINO_LIMITS.attachmentBytes).toBe(4_294_967_295);
  });

  test('[LI5] a number that is none is refused', () => {
    using t = temporaryDomino();
    expect(() => t.database.create([numberItem('N', Number.POSITIVE_INFINITY)])).toThrow(/no finite number/u);
  });

  test('[LI6] imports are not checked: a real server once took them', () => {
    using t = temporaryDomino();
    const note: StoredNote = {
      unid: 'A'.repeat(32),
      noteId: 0x8f6,
      sequence: 1,
      sequenceTime: START,
      created: START,
      modifiedInFile: START,
      addedToFile: START,
      parent: null,
      conflict: false,
      items: [textItem('Remarks', 'x'.repeat(40_000))],
    };
    expect(t.database.import([note])).toBe(1);
  });
});

describe('time', () => {
  test('[LI7] every stamp is a hundredth of a second, and no two versions of a note share one, however the clock moves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2 * HOUR, max: 2 * HOUR }), { maxLength: 12 }), (steps) => {
        using t = temporaryDomino();
        const head = t.database.create([textItem('A', 'x')]);
        const times = [head.sequenceTime];
        for (const step of steps) {
          t.time += step;
          const saved = t.database.save(head.unid, () => [textItem('A', 'y')]);
          times.push(saved.sequenceTime);
          expect(saved.modifiedInFile).toBe(Math.floor(t.time / 10) * 10);
        }
        expect(times.every((time) => time % 10 === 0)).toBe(true);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      }),
      { numRuns: 20 },
    );
  });

  test('[LI8] a note saved while the clock was days ahead keeps its future stamps: later versions go on from there, the time in the file is true', () => {
    using t = temporaryDomino();
    t.domino.clock.step(48 * HOUR);
    const { unid, created, modifiedInFile } = t.database.create([textItem('A', 'x')]);
    expect([created, modifiedInFile]).toEqual([t.database.now(), t.database.now()]);
    t.domino.clock.step(-48 * HOUR);
    expect(created - t.database.now()).toBe(48 * HOUR);
    expect(t.database.read(unid)?.modifiedInFile).toBe(created);
    const saved = t.database.save(unid, () => [textItem('A', 'y')]);
    expect(saved.sequenceTime).toBe(created + 10);
    expect(saved.modifiedInFile).toBe(t.database.now());
    expect(t.database.read(unid)?.created).toBe(created);
  });
});
