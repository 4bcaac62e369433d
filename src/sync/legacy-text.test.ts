import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeNote } from './decode-note.ts';
import { isSurelyUnicode, textEncoding, textEvidence } from './legacy-text.ts';
import type { FieldMapping } from './mapping.ts';
import type { Items } from './note.ts';
import { decodeTcvn3, tcvn3Letter } from './tcvn3.ts';
import { isVietnameseSyllable } from './vietnamese-syllable.ts';

const SENTENCES = [
  'Cộng hòa xã hội chủ nghĩa Việt Nam',
  'Ban Chấp hành Đảng bộ phường Mẫu',
  'Kế hoạch tổ chức sinh hoạt chuyên đề quý bốn',
  'Người phụ trách: Nguyễn Thị Đào',
  'Thực hiện nghị quyết đại hội, rà soát hồ sơ đảng viên',
  'Tuổi trẻ khuya khoắt, ngoằn ngoèo, thuở xưa, huỳnh huỵch',
  'giếng nước, quốc gia, nghiêng ngả, uống rượu, yêu mến',
] as const;

const LATIN_1 = Array.from({ length: 0x5e }, (_, at) => String.fromCharCode(0xa1 + at));

/** As ABC fonts store it: the library's table, the other way round. */
function asTcvn3(text: string): string {
  return text.replaceAll(
    /[^ -~]/gu,
    (letter) => LATIN_1.find((one) => tcvn3Letter(one) === letter) ?? letter,
  );
}

const field = (item: string, more: Partial<FieldMapping> = {}): FieldMapping => ({
  item,
  field: item.toLowerCase(),
  type: 'text',
  direction: 'pull',
  writer: 'notes',
  conflict: 'notes-wins',
  clear: 'delete',
  nonsummary: false,
  check: {},
  ...more,
});
const text = (...values: string[]): Items[string] => ({ type: 'text', values });

describe('TCVN3', () => {
  it('[TX1] has the letters of the standard', () => {
    const known = LATIN_1.filter((one) => tcvn3Letter(one) !== undefined);
    expect(known).toHaveLength(74);
    expect(known.map(tcvn3Letter)).toEqual(
      known.map((one) => iconv.decode(iconv.encode(one, 'latin1'), 'tcvn')),
    );
  });

  it.each([...SENTENCES])('[TX1] is read as what its font shows: %s', (sentence) => {
    const stored = asTcvn3(sentence);
    expect(textEvidence(stored)).toBe('tcvn3');
    expect(decodeTcvn3(stored)).toBe(sentence);
  });

  it('[TX1] keeps its soft hyphen, which is a letter', () => {
    expect(textEvidence('Ng\u00adêi')).toBe('tcvn3');
    expect(decodeTcvn3('Ng\u00adêi')).toBe('Người');
  });

  it('[TX1] gives a word in capitals its capitals', () => {
    expect(decodeTcvn3('NGUYÔN V¡N §µo')).toBe('NGUYỄN VĂN Đào');
  });
});

describe('Unicode', () => {
  it.each([...SENTENCES])('[TX2] stays Unicode: %s', (sentence) => {
    expect(textEvidence(sentence)).toBe('unicode');
    for (const word of sentence.split(/[\s,:]+/u)) {
      expect(isVietnameseSyllable(word), word).toBe(true);
      expect(['unicode', 'either'], word).toContain(textEvidence(word));
    }
  });

  it.each([
    'Café Müller',
    'São Paulo',
    'naïve',
    'm² 25°C',
    '5 µm',
    'báo «Nhân Dân» số 3',
    '· muc',
    '§1',
    'Hà',
    'Lê Thanh Hà',
    '',
  ])('[TX2] stays as it is: %j', (one) => {
    expect(textEncoding(textEvidence(one), [textEvidence(one)], false)).toBe('unicode');
  });

  it('[TX2] is never rewritten where a letter is beyond Latin-1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('ễ', 'ư', 'đ', '中'), (before, letter) => {
        expect(isSurelyUnicode(before + letter)).toBe(true);
        expect(textEvidence(before + letter)).toBe('unicode');
      }),
    );
  });
});

describe('a note in an old font', () => {
  const fields = [field('A'), field('B'), field('C', { direction: 'both', writer: 'handbook' })];

  it('[TX1] is read as a whole: words that are Vietnamese both ways follow the others', () => {
    const { fields: read, problems } = decodeNote(
      { key: 'a', fields },
      { A: text('§µo ThÞ Mai'), B: text('Chi bé 3') },
    );
    expect(problems).toEqual([]);
    expect(read).toMatchObject({ a: 'Đào Thị Mai', b: 'Chi bộ 3' });
  });

  it('[TX1] leaves alone what the handbook writes', () => {
    const { fields: read } = decodeNote(
      { key: 'a', fields },
      { A: text('§µo ThÞ Mai'), C: text('Chi bé 3') },
    );
    expect(read).toMatchObject({ c: 'Chi bé 3' });
  });

  it.each([
    ['words of both kinds', { A: text('§µo ThÞ Xyzµ') }, ['a']],
    [
      'Unicode beside words that are Vietnamese both ways',
      { A: text('§µo ThÞ Mai'), B: text('Đào', 'Chi bé 3') },
      ['b'],
    ],
    ['one foreign word that would be Vietnamese', { A: text('Bön') }, ['a']],
    ['VNI', { A: text('Coäng hoøa xaõ hoäi chuû nghóa') }, ['a']],
  ] as const)('[TX3] is set aside where nobody can tell: %s', (_, items, doubtful) => {
    const listed = fields.map((one) => (one.item === 'B' ? { ...one, type: 'list' as const } : one));
    const { problems, fields: read } = decodeNote({ key: 'a', fields: listed }, items);
    expect(problems.map(({ field: name, code }) => [name, code])).toEqual(
      doubtful.map((name) => [name, 'legacy-text']),
    );
    for (const name of doubtful) expect(read).not.toHaveProperty(name);
    for (const { message } of problems) expect(message).not.toMatch(/§|ö|ä|ø/u);
  });
});
