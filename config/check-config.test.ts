import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FieldMapping, Mapping } from '../src/sync/mapping.ts';
import { checkConfig } from './check-config.ts';
import { formatFinding } from './finding.ts';
import { readMappings } from './read-mappings.ts';
import { field, key, own, rules, thing } from './testing/mapping-fixtures.ts';

const shipped = readMappings(join(import.meta.dirname, 'mappings'));

it('finds nothing in what comes with the bridge, even without conditional writes', () => {
  expect(checkConfig(own, shipped, {}).map(formatFinding)).toEqual([]);
});

describe('fields', () => {
  it.each<[string, Partial<FieldMapping>, readonly string[]]>([
    ['a good one', {}, []],
    ['a reference to nothing', { type: 'reference', entity: 'ghost' }, ['error reference-entity F/x']],
    ['a reference to itself', { type: 'reference', entity: 'thing' }, []],
    ['pulled, written in the handbook', { writer: 'handbook' }, ['error direction-writer F/x']],
    [
      'pushed, written in Notes',
      { direction: 'push', check: { maxLength: 9 } },
      ['error direction-writer F/x'],
    ],
    ['union of a list', { type: 'list', conflict: 'union' }, ['error policy-type F/x']],
    ['union of a set', { type: 'set', conflict: 'union' }, []],
    ['max of texts', { conflict: 'max' }, ['error policy-type F/x']],
    ['min of dates', { type: 'partialDate', conflict: 'min' }, []],
    [
      'pushed rich text',
      { type: 'richText', direction: 'both', writer: 'handbook' },
      ['error blob-direction F/x'],
    ],
    ['attachments of another item', { type: 'attachments', item: 'Tep' }, ['error item-reserved F/x']],
    ['an item of Domino', { item: '$Revisions' }, ['error item-reserved F/x']],
    ['the bridge’s own mark', { item: 'HANDBOOKID' }, ['error item-reserved F/x']],
    ['the level', { item: 'domat' }, ['error gate-item-mapped F/x']],
    ['the release mark', { item: 'ChoPhepChuyen' }, ['error gate-item-mapped F/x']],
    ['an item twice', { item: 'MA' }, ['error item-doubled F']],
    ['a field twice', { field: 'code' }, ['error field-doubled F/code']],
    ['a pattern for a number', { type: 'number', check: { pattern: '^1$' } }, ['error check-type F/x']],
    ['a range for a text', { check: { min: 1 } }, ['error check-type F/x']],
    ['an empty range', { type: 'number', check: { min: 2, max: 1 } }, ['error check-type F/x']],
    ['numbers listed for a text', { check: { oneOf: ['a', 1] } }, ['error check-type F/x']],
    [
      'a long pushed text',
      { direction: 'push', writer: 'handbook', check: { maxLength: 10_001 } },
      ['error text-too-long F/x'],
    ],
    [
      'a long pushed text outside the summary',
      { direction: 'push', writer: 'handbook', nonsummary: true },
      [],
    ],
    ['an unlimited pushed text', { direction: 'push', writer: 'handbook' }, ['warning text-too-long F/x']],
    ['a long pulled text', { check: { maxLength: 100_000 } }, []],
  ])('%s', (_, more, found) => {
    expect(rules([thing({}, more)])).toEqual(found);
  });
});

describe('mappings', () => {
  it.each<[string, readonly Mapping[], readonly string[]]>([
    ['a key that is not mapped', [thing({ key: 'id' })], ['error key-unknown F/id']],
    [
      'a key that is a number and may be missing',
      [thing({ key: 'x' }, { type: 'number' })],
      ['error key-type F/x', 'error key-required F/x'],
    ],
    [
      'born in the handbook without its key',
      [thing({ creates: 'handbook' })],
      ['error key-not-written F/code'],
    ],
    [
      'born in the handbook, required field unwritten',
      [
        thing({
          creates: 'both',
          fields: [
            { ...key, direction: 'both', writer: 'both', check: { required: true, maxLength: 9 } },
            field({ check: { required: true } }),
          ],
        }),
      ],
      ['error required-not-written F/x'],
    ],
    [
      'an open gate without levels',
      [thing({ gate: { ...thing({}).gate, classification: { item: 'DoMat', open: [] } } })],
      ['error gate-empty F'],
    ],
    [
      'a denied form needs none',
      [thing({ gate: { ...thing({}).gate, denied: true, release: { item: 'ChoPhepChuyen', marks: [] } } })],
      [],
    ],
    [
      'a secret level taken as open',
      [
        thing({
          gate: {
            ...thing({}).gate,
            classification: { item: 'DoMat', open: ['Thuong', 'Tối Mật', 'TuyetMat'] },
          },
        }),
      ],
      ['error gate-secret-open F', 'error gate-secret-open F'],
    ],
    [
      'a parent of no entity',
      [thing({ gate: { ...thing({}).gate, parent: { field: 'x', entity: 'ghost' } } })],
      ['error gate-parent F', 'error gate-parent F/x'],
    ],
    [
      'a parent field that is no reference',
      [thing({ gate: { ...thing({}).gate, parent: { field: 'x', entity: 'thing' } } }, {})],
      ['error gate-parent F/x'],
    ],
    [
      'a parent',
      [
        thing(
          { gate: { ...thing({}).gate, parent: { field: 'x', entity: 'thing' } } },
          { type: 'reference', entity: 'thing' },
        ),
      ],
      [],
    ],
    [
      'a soft deletion on the gate',
      [thing({ handbookDelete: 'soft', softDelete: { item: 'DOMAT', value: 'Mat' } })],
      ['error item-reserved F'],
    ],
    [
      'two of a form',
      [thing({}), thing({ form: 'f', entity: 'other' })],
      ['error form-doubled F', 'warning mapping-unused f'],
    ],
    [
      'two of an entity',
      [thing({}), thing({ form: 'G' })],
      ['error entity-doubled ', 'warning mapping-unused G'],
    ],
  ])('%s', (_, mappings, found) => {
    expect(rules(mappings)).toEqual(found);
  });
});
