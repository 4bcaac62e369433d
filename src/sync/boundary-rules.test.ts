import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNote } from './decode-note.ts';
import { encodeFields } from './encode-fields.ts';
import { gateItems, gateOf } from './gate.ts';
import type { FieldType } from './mapping.ts';
import type { Item } from './note.ts';
import { EVERY_KIND, fieldOf, mappingOf } from './testing/sample-mapping.ts';

const mapping = mappingOf(EVERY_KIND);
const text = (value: string): Item => ({ type: 'text', values: [value] });
const open = { Form: text('DeXuat'), DoMat: text('Thuong'), ChoPhepChuyen: text('1') };

describe('the gate', () => {
  it('[GA1] nothing but form, level, mark and the parent’s key is asked for before the verdict', () => {
    expect(gateItems(mapping)).toEqual(['Form', '$Conflict', 'DoMat', 'ChoPhepChuyen']);
    const child = mappingOf(EVERY_KIND, {
      gate: { ...mapping.gate, parent: { field: 'ours', entity: 'x' } },
    });
    expect(gateItems(child)).toEqual(['Form', '$Conflict', 'DoMat', 'ChoPhepChuyen', 'OURS']);
  });

  it('[GA2] releases on exactly the configured words: not on a folded, padded or otherwise alike one', () => {
    expect(gateOf(mapping, open)).toBe('released');
    const item = fc.constantFrom('Form', 'DoMat', 'ChoPhepChuyen');
    const alike = fc.constantFrom<(word: string) => string>(
      (word) => ` ${word}`,
      (word) => `${word} `,
      (word) => `${word}\u200B`,
      (word) => word.replace(/[a-z]/g, (letter) => letter.toUpperCase()).concat(word === '1' ? '.0' : ''),
      (word) => word.replace('o', 'ơ').replace('e', 'ê').replace('1', '１'),
      (word) => `${word}\0`,
      () => '',
    );
    fc.assert(
      fc.property(item, alike, (name, change) => {
        const items = { ...open, [name]: text(change(open[name].values[0] as string)) };
        expect(gateOf(mapping, items)).not.toBe('released');
      }),
    );
  });

  it('[GA2] a note without any one of the three is not released', () => {
    for (const name of ['Form', 'DoMat', 'ChoPhepChuyen'] as const) {
      const { [name]: _, ...rest } = open;
      expect(gateOf(mapping, rest)).not.toBe('released');
    }
  });
});

describe('what may be written to Notes', () => {
  it.each([
    ['an unmapped field', mapping, 'unknown'],
    ['a field that Notes owns', mapping, 'pulled'],
    ['the level', mappingOf([{ ...fieldOf('level'), item: 'domat' }]), 'level'],
    ['the mark', mappingOf([{ ...fieldOf('mark'), item: 'CHOPHEPCHUYEN' }]), 'mark'],
    ['the form', mappingOf([{ ...fieldOf('form'), item: 'FORM' }]), 'form'],
    ['an item of Domino', mappingOf([{ ...fieldOf('revisions'), item: '$Revisions' }]), 'revisions'],
  ])('[AP1] never %s', (_, of, field) => {
    expect(() => encodeFields(of, { [field]: 'x' })).toThrow(/^Cannot (en|write)/);
  });

  it('[AP1] exactly the items of the fields that were named', () => {
    fc.assert(
      fc.property(fc.subarray(['ours', 'theirs', 'asked', 'pushed']), (names) => {
        const items = encodeFields(mapping, Object.fromEntries(names.map((name) => [name, 'x'])));
        expect(Object.keys(items)).toEqual(names.map((name) => name.toUpperCase()));
      }),
    );
  });
});

describe('a document that is set aside', () => {
  it('[QU2] is told by rules alone: no word of its content is in the reason', () => {
    const types = fc.constantFrom<FieldType>('number', 'boolean', 'date', 'partialDate', 'instant');
    fc.assert(
      fc.property(types, fc.stringMatching(/^[b-f]{12}$/), (type, canary) => {
        const field = {
          ...fieldOf('answer', { type }),
          check: { required: true },
          truth: { yes: '1', no: '0' },
        };
        const { problems } = decodeNote({ key: 'code', fields: [field] }, { ANSWER: text(canary) });
        expect(problems).not.toEqual([]);
        expect(JSON.stringify(problems)).not.toContain(canary);
      }),
    );
  });
});
