import { describe, expect, it } from 'vitest';
import type { LinkConfig } from './bridge-schema.ts';
import { checkConfig } from './check-config.ts';
import { configOf, link, proton, rules, thing } from './testing/mapping-fixtures.ts';

describe('links', () => {
  const written = thing({}, { direction: 'both', writer: 'both', check: { maxLength: 9 } });

  it('may write only what nobody edits in Notes, unless the way in writes conditionally or the race is accepted', () => {
    const weak = { conditionalWrite: false };
    expect(rules([written])).toEqual([]);
    expect(rules([written], weak)).toEqual(['error lost-update a/F/x']);
    expect(rules([{ ...written, acceptRace: true }], weak)).toEqual(['warning race-accepted a/F/x']);
    expect(
      rules([thing({}, { direction: 'both', writer: 'handbook', check: { maxLength: 9 } })], weak),
    ).toEqual([]);
    expect(rules([written], weak, configOf({ ...link, mode: 'pull' }))).toEqual([
      'warning restore-undetected a',
    ]);
    expect(rules([written], weak, configOf({ ...link, mode: 'propose' }))).toEqual([
      'error lost-update a/F/x',
    ]);
  });

  it('[IM8] say that they cannot notice a restored file where they may not mark it, and may not map the mark', () => {
    expect(rules([thing({})], {}, configOf({ ...link, mode: 'observe' }))).toEqual([
      'warning restore-undetected a',
    ]);
    expect(rules([thing({})], {}, configOf({ ...link, mode: 'sync' }))).toEqual([]);
    for (const form of ['CauNoiDanhDau', 'BaoCaoCauNoi'])
      expect(rules([thing({})], {}, configOf({ ...link, mappings: ['F', form] }))).toContain(
        `error form-reserved a/${form}`,
      );
  });

  it('[FO1] go over to a standby by themselves only where they have one', () => {
    expect(rules([thing({})], {}, configOf({ ...link, failoverAfter: 3 }))).toEqual([
      'error failover-alone a',
    ]);
  });

  it('are taken to be weak while nobody knows their way in', () => {
    expect(checkConfig(configOf(link), [written], {}).map((one) => one.rule)).toEqual(['lost-update']);
  });

  it('may delete only where the deletion can be conditional', () => {
    expect(rules([thing({ handbookDelete: 'hard' })], { conditionalDelete: false })).toEqual([
      'error lost-update a/F',
    ]);
    expect(rules([thing({ handbookDelete: 'hard' })])).toEqual([]);
  });

  it('cannot read what their way in cannot', () => {
    const blobs = thing({}, { type: 'richText' }, { type: 'attachments', item: '$FILE', field: 'files' });
    expect(rules([blobs], { richText: false, attachments: false })).toEqual([
      'error no-rich-text a/F/x',
      'error no-attachments a/F/files',
    ]);
    expect(rules([blobs])).toEqual([]);
  });

  it.each<[string, readonly LinkConfig[], readonly string[]]>([
    ['an unknown form', [{ ...link, mappings: ['F', 'f '] }], ['error link-form-unknown a/f ']],
    ['one form in two links', [link, { ...link, id: 'b' }], ['error link-form-doubled F']],
    [
      'one id twice',
      [link, { ...link, mappings: ['f'] }],
      ['error link-doubled a', 'error link-form-unknown a/f', 'error link-form-doubled F'],
    ],
    [
      'one file as two replica sets',
      [
        { ...link, database: proton(), mappings: ['F'] },
        {
          ...link,
          id: 'b',
          replicaSet: '00000000000000FF',
          database: proton({ hostName: 'H' }),
          mappings: ['G'],
        },
      ],
      ['error link-form-unknown b/G', 'error link-file-shared b'],
    ],
    [
      'a file that the embedded Domino lacks',
      [
        {
          ...link,
          database: { via: 'embedded-proton', filePath: 'none.nsf', identity: 'CN=B/O=M', standby: [] },
        },
      ],
      ['error embedded-unknown a'],
    ],
    [
      'a standby that the embedded Domino lacks',
      [
        {
          ...link,
          database: {
            via: 'embedded-proton',
            filePath: 'dangvien.nsf',
            identity: 'CN=B/O=M',
            standby: [{ filePath: 'none.nsf' }],
          },
        },
      ],
      ['error embedded-unknown a'],
    ],
    [
      'another replica ID than the file',
      [{ ...link, replicaSet: '00000000000000FF' }],
      ['error replica-differs a'],
    ],
    ['no TLS', [{ ...link, database: proton({ secure: false }) }], ['warning tls-off a']],
  ])('%s', (_, links, found) => {
    expect(rules([thing({})], {}, configOf(...links))).toEqual(found);
  });

  it('need the embedded Domino only where they use it', () => {
    expect(rules([thing({})], {}, { links: [link], embedded: null })).toEqual(['error embedded-unknown a']);
    expect(rules([thing({})], {}, { links: [{ ...link, database: proton() }], embedded: null })).toEqual([]);
  });
});
