import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileNames } from './safe-file-name.ts';

const one = (name: string): string | undefined => safeFileNames([name])[0];
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '..',
        '/',
        '\\',
        'C:',
        'con',
        '.',
        ' ',
        '\u202e',
        '\0',
        'Nguyễn',
        'e\u0302\u0301',
        '.pdf',
        '\ud800',
        '😀',
      ),
      { maxLength: 90 },
    )
    .map((parts) => parts.join('')),
);

describe('safeFileNames', () => {
  it.each([
    ['Quyết định số 12-QĐ/TU.pdf', 'Quyết định số 12-QĐ_TU.pdf'],
    ['Nghị quyết.pdf'.normalize('NFD'), 'Nghị quyết.pdf'],
    ['..\\..\\Windows\\system32\\cmd.exe', '_.._Windows_system32_cmd.exe'],
    ['/etc/passwd', '_etc_passwd'],
    ['báo cáo\u202efdp.exe', 'báo cáofdp.exe'],
    ['a\0b\r\n.pdf', 'ab.pdf'],
    ['  .. ', 'tep'],
    ['NUL.txt', '_NUL.txt'],
    ['com1', '_com1'],
    ['a"b<c>|d?.pdf', 'a_b_c__d_.pdf'],
    ['đơn xin. ', 'đơn xin'],
  ])('%j is called %j', (name, safe) => {
    expect(one(name)).toBe(safe);
  });

  it('keeps the extension of a name that is too long', () => {
    expect(one(`${'ễ'.repeat(300)}.pdf`)).toBe(`${'ễ'.repeat(65)}.pdf`);
  });

  it('tells apart what would be one file on a file system', () => {
    const safe = safeFileNames(['a/b.pdf', 'a_b.pdf', 'A_B.PDF', 'a_b.pdf']);
    expect(safe[1]).not.toBe(safe[3]);
    expect(safe.toSorted()).toEqual(['A_B.PDF', 'a_b (2).pdf', 'a_b (3).pdf', 'a_b (4).pdf']);
  });

  it('is safe whatever comes, does not change a safe name, and tells all apart', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 12 }), (names) => {
        const safe = safeFileNames(names);
        expect(safe).toHaveLength(names.length);
        for (const name of safe) {
          expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]|^[.\s]|[.\s]$/u);
          expect(name).toBe(name.normalize('NFC'));
          expect(name.isWellFormed()).toBe(true);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
          expect(name).not.toBe('');
        }
        expect(new Set(safe.map((name) => name.toLowerCase())).size).toBe(safe.length);
        expect(safeFileNames(safe)).toEqual(safe);
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(hostile, { maxLength: 8 }), (names) => {
        const forward = new Map(names.map((name, at) => [name, safeFileNames(names)[at]]));
        const turned = names.toReversed();
        const backward = new Map(turned.map((name, at) => [name, safeFileNames(turned)[at]]));
        for (const name of names) expect(backward.get(name)).toBe(forward.get(name));
      }),
    );
  });
});
