import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GateReason, gateItems, gateOf } from './gate.ts';
import type { FieldMapping, Mapping } from './mapping.ts';
import type { Item, Items } from './note.ts';

const mapping: Pick<Mapping, 'form' | 'gate'> = {
  form: 'VanBan',
  gate: {
    denied: false,
    classification: { item: 'DoMat', open: ['Thuong'] },
    release: { item: 'ChoPhepChuyen', marks: ['1'] },
  },
};
const text = (...values: string[]): Item => ({ type: 'text', values });
const open: Items = { Form: text('VanBan'), DoMat: text('Thuong'), ChoPhepChuyen: text('1') };

describe('gateOf', () => {
  it('releases what is open and marked', () => {
    expect(gateOf(mapping, open)).toBe('released');
  });

  it('denies a denied form whatever its marks', () => {
    expect(gateOf({ ...mapping, gate: { ...mapping.gate, denied: true } }, open)).toEqual({
      withheld: 'classified',
      reason: 'form-denied',
    });
  });

  it.each([text(''), text(), text('1')])(
    '[GA9] withholds a conflict note of Notes, whatever marks it carries: %j',
    (item) => {
      expect(gateOf(mapping, { ...open, $Conflict: item })).toEqual({
        withheld: 'unmarked',
        reason: 'conflict-note',
      });
    },
  );

  it.each<[string, Item | undefined, 'unmarked' | 'classified', GateReason]>([
    ['Form', undefined, 'unmarked', 'form-missing'],
    ['Form', text('vanban'), 'classified', 'form-differs'],
    ['Form', text('KyLuat'), 'classified', 'form-differs'],
    ['Form', text('VanBan', 'KyLuat'), 'classified', 'form-differs'],
    ['DoMat', undefined, 'unmarked', 'level-missing'],
    ['DoMat', text(''), 'unmarked', 'level-missing'],
    ['DoMat', { type: 'text', values: [] }, 'unmarked', 'level-missing'],
    ['DoMat', { type: 'number', values: [1] }, 'unmarked', 'level-not-text'],
    ['DoMat', { type: 'datetime', values: ['Thuong'] }, 'unmarked', 'level-not-text'],
    ['DoMat', text('Mat'), 'classified', 'level-not-open'],
    ['DoMat', text('thuong'), 'classified', 'level-not-open'],
    ['DoMat', text('Thường'), 'classified', 'level-not-open'],
    ['DoMat', text('Thuong '), 'classified', 'level-not-open'],
    ['DoMat', text('Thuong', 'Thuong'), 'classified', 'several-levels'],
    ['DoMat', text('Thuong', 'Mat'), 'classified', 'several-levels'],
    ['DoMat', text('', 'Mat'), 'classified', 'several-levels'],
    ['ChoPhepChuyen', undefined, 'unmarked', 'mark-missing'],
    ['ChoPhepChuyen', text(''), 'unmarked', 'mark-missing'],
    ['ChoPhepChuyen', text('0'), 'unmarked', 'mark-unknown'],
    ['ChoPhepChuyen', text(' 1'), 'unmarked', 'mark-unknown'],
    ['ChoPhepChuyen', text('１'), 'unmarked', 'mark-unknown'],
    ['ChoPhepChuyen', { type: 'number', values: [1] }, 'unmarked', 'mark-not-text'],
    ['ChoPhepChuyen', { type: 'number', values: ['1'] }, 'unmarked', 'mark-not-text'],
    ['ChoPhepChuyen', text('1', '1'), 'unmarked', 'several-marks'],
  ])('withholds where %s is %j', (name, item, withheld, reason) => {
    const { [name]: _, ...others } = open;
    expect(gateOf(mapping, item ? { ...others, [name]: item } : others)).toEqual({ withheld, reason });
  });

  it('does not let an open mark outweigh a level, nor an inherited property stand for an item', () => {
    expect(gateOf(mapping, { ...open, DoMat: text('Mat'), ChoPhepChuyen: text('1') })).toMatchObject({
      withheld: 'classified',
    });
    expect(gateOf(mapping, Object.create(open) as Items)).toMatchObject({ reason: 'form-missing' });
  });

  it('releases nothing but exactly the open level and the mark', () => {
    const item = fc.record({
      type: fc.constantFrom('text', 'number', 'datetime'),
      values: fc.array(
        fc.oneof(fc.constantFrom('Thuong', '1', 'thuong', 'Mat', ''), fc.string(), fc.integer()),
        { maxLength: 3 },
      ),
    }) satisfies fc.Arbitrary<Item>;
    fc.assert(
      fc.property(item, item, (DoMat, ChoPhepChuyen) => {
        const is = (one: Item, wanted: string) =>
          one.type === 'text' && one.values.length === 1 && one.values[0] === wanted;
        const released = gateOf(mapping, { Form: text('VanBan'), DoMat, ChoPhepChuyen }) === 'released';
        expect(released).toBe(is(DoMat, 'Thuong') && is(ChoPhepChuyen, '1'));
      }),
    );
  });
});

it('asks for the gate items and the key of the parent, nothing else', () => {
  const field = (item: string, name: string) =>
    ({ item, field: name, type: 'reference', check: {} }) as FieldMapping;
  const fields = [field('MaBanGhi', 'recordCode'), field('MaNhiemVu', 'taskCode')];
  expect(gateItems({ gate: mapping.gate, fields })).toEqual(['Form', '$Conflict', 'DoMat', 'ChoPhepChuyen']);
  const gate = { ...mapping.gate, parent: { field: 'taskCode', entity: 'task' } };
  expect(gateItems({ gate, fields })).toEqual(['Form', '$Conflict', 'DoMat', 'ChoPhepChuyen', 'MaNhiemVu']);
});
