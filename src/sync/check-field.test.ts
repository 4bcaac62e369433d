import { describe, expect, it } from 'vitest';
import { type CheckCode, checkField, explainCheck } from './check-field.ts';
import type { FieldCheck, FieldType } from './mapping.ts';
import type { FieldValue } from './values.ts';

const blob = { name: 'a.pdf', sha256: 'a'.repeat(64), size: 3 };

describe('checkField', () => {
  it.each<[FieldType, FieldValue]>([
    ['text', 'a'],
    ['reference', '01.001'],
    ['number', 0],
    ['boolean', false],
    ['date', '2026-02-28'],
    ['partialDate', '1960'],
    ['instant', '2026-02-28T23:59:59.99Z'],
    ['list', ['b', '', 'b']],
    ['set', ['a', 'b']],
    ['names', ['CN=A/O=X']],
    ['richText', { ...blob, name: '' }],
    ['attachments', [blob]],
  ])('accepts a %s', (type, value) => {
    expect(checkField({ type, check: { required: true } }, value)).toEqual([]);
    expect(checkField({ type, check: {} }, null)).toEqual([]);
    expect(checkField({ type, check: { required: true } }, null)).toEqual(['required']);
  });

  it.each<[FieldType, FieldValue, CheckCode]>([
    ['text', 1, 'wrong-type'],
    ['text', ['a'], 'wrong-type'],
    ['text', '\ud800', 'not-unicode'],
    ['reference', true, 'wrong-type'],
    ['number', '1', 'wrong-type'],
    ['number', Number.NaN, 'wrong-type'],
    ['number', Infinity, 'wrong-type'],
    ['boolean', 'true', 'wrong-type'],
    ['date', '2026-02-29', 'not-a-date'],
    ['date', '2026-02', 'not-a-date'],
    ['date', '2026-02-28T00:00:00.00Z', 'not-a-date'],
    ['partialDate', '1960-13', 'not-a-date'],
    ['partialDate', 1960, 'not-a-date'],
    ['instant', '2026-02-28T24:00:00.00Z', 'not-an-instant'],
    ['instant', '2026-02-29T00:00:00.00Z', 'not-an-instant'],
    ['instant', '2026-02-28T00:00:00Z', 'not-an-instant'],
    ['list', 'a', 'wrong-type'],
    ['list', [1], 'wrong-type'],
    ['list', ['\udc00'], 'not-unicode'],
    ['list', [''], 'wrong-type'],
    ['set', ['b', 'a'], 'wrong-type'],
    ['set', ['a', 'a'], 'wrong-type'],
    ['richText', 'text', 'wrong-type'],
    ['attachments', blob, 'wrong-type'],
    ['attachments', [{ ...blob, sha256: 'A'.repeat(64) }], 'wrong-type'],
    ['attachments', [{ ...blob, size: -1 }], 'wrong-type'],
  ])('refuses for %s the value %j: %s', (type, value, code) => {
    expect(checkField({ type, check: {} }, value)).toEqual([code]);
  });

  it.each<[FieldType, FieldCheck, FieldValue, readonly CheckCode[]]>([
    ['text', { maxLength: 2 }, 'Đỗ', []],
    ['text', { maxLength: 2 }, '😀😀', []],
    ['text', { maxLength: 2 }, 'abc', ['too-long']],
    ['text', { pattern: '^\\d{12}$' }, '099000000001', []],
    ['text', { pattern: '^\\d{12}$' }, '99000000001', ['pattern']],
    ['text', { pattern: '^a$' }, 'a\n', ['pattern']],
    ['text', { pattern: '^a$', maxLength: 1 }, 'bb', ['too-long', 'pattern']],
    ['number', { min: 0, max: 100 }, 100, []],
    ['number', { min: 0, max: 100 }, 100.5, ['out-of-range']],
    ['number', { min: 0 }, -1, ['out-of-range']],
    ['text', { oneOf: ['Nam', 'Nữ'] }, 'nam', ['not-in-list']],
    ['set', { oneOf: ['a', 'b'] }, ['a', 'b'], []],
    ['set', { oneOf: ['a', 'b'] }, ['a', 'c', 'd'], ['not-in-list']],
    ['list', { maxLength: 1 }, ['a', 'bb', 'cc'], ['too-long']],
  ])('holds %s to %j: %j', (type, check, value, codes) => {
    expect(checkField({ type, check }, value)).toEqual(codes);
  });
});

it('explains a rule by its own limits', () => {
  expect(explainCheck('too-long', { maxLength: 250 })).toContain('250');
  expect(explainCheck('out-of-range', { min: 0 })).toContain('between 0 and any');
  expect(explainCheck('not-in-list', { oneOf: ['Nam', 'Nữ'] })).toContain('Nam, Nữ');
});
