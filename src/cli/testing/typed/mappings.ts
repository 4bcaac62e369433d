import type { TypedCommand } from './typed-command.ts';

export const MAPPINGS_TYPED: readonly TypedCommand[] = [
  [
    [
      'mapping',
      'draft',
      '--from-dxl',
      'a.dxl',
      '/b.dxl',
      '--form',
      'F',
      '--most',
      '9',
      '--level',
      'L',
      '--mark',
      'M',
    ],
    'mapping-draft',
    { dxl: ['/home/operator/a.dxl', '/b.dxl'], form: 'F', most: 9, levelItem: 'L', markItem: 'M' },
    { drafts: [{ form: 'F', file: 'F.yaml', notes: 1, doubts: 2, yaml: 'form: F' }] },
  ],
  [['mapping', 'draft', '--from-rest', 'a'], 'mapping-draft', { link: 'a' }, { drafts: [] }],
  [
    ['mapping', 'test', '--link', 'a', '--first', '3'],
    'mapping-test',
    { link: 'a', first: 3 },
    { forms: [], unmapped: [] },
  ],
  [['mapping', 'drift', '--link', 'a'], 'mapping-drift', { link: 'a' }, { drift: [] }],
  [['config', 'check'], 'config-check', {}, { ok: true, findings: [], mappings: [] }],
  [
    ['config', 'check', '--lang', 'vi', '--link', 'a'],
    'config-check',
    { lang: 'vi', link: 'a' },
    { ok: true, findings: [], mappings: [] },
  ],
];
