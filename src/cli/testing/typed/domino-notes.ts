import { type TypedCommand, UNID } from './typed-command.ts';

export const DOMINO_NOTES_TYPED: readonly TypedCommand[] = [
  [['domino', 'create', 'thu.nsf', '--title', 'Thử'], 'domino-create', { database: 'thu.nsf', title: 'Thử' }],
  [['domino', 'list'], 'domino-list', {}],
  [['domino', 'list', '--database', 'thu.nsf'], 'domino-list', { database: 'thu.nsf' }],
  [['domino', 'show', UNID, '--database', 'thu.nsf'], 'domino-show', { database: 'thu.nsf', unid: UNID }],
  [
    [
      'domino',
      'edit',
      UNID,
      '--database',
      'thu.nsf',
      '--set',
      'HoTen=Lê Thị Ảnh',
      'Tuoi:number=3',
      '--as',
      'CN=Can bo 1/O=Tinh uy',
    ],
    'domino-edit',
    {
      database: 'thu.nsf',
      unid: UNID,
      items: { HoTen: { type: 'text', values: ['Lê Thị Ảnh'] }, Tuoi: { type: 'number', values: [3] } },
      as: 'CN=Can bo 1/O=Tinh uy',
    },
  ],
  [
    ['domino', 'create-note', '--database', 'thu.nsf', '--form', 'DangVien'],
    'domino-create-note',
    { database: 'thu.nsf', form: 'DangVien', items: {} },
  ],
  [['domino', 'delete', UNID, '--database', 'thu.nsf'], 'domino-delete', { database: 'thu.nsf', unid: UNID }],
  [
    ['domino', 'readers', UNID, '--database', 'thu.nsf', '--set', '[BiThu]', 'CN=x'],
    'domino-readers',
    { database: 'thu.nsf', unid: UNID, readers: ['[BiThu]', 'CN=x'] },
  ],
  [
    ['domino', 'readers', UNID, '--database', 'thu.nsf', '--everyone'],
    'domino-readers',
    { database: 'thu.nsf', unid: UNID, readers: [] },
  ],
  [
    ['domino', 'import-dxl', 'a.dxl', '/b.dxl', '--database', 'thu.nsf'],
    'domino-import-dxl',
    { database: 'thu.nsf', files: ['/home/operator/a.dxl', '/b.dxl'] },
  ],
  [
    ['domino', 'export', '--database', 'thu.nsf', '--out', '../o.dxl'],
    'domino-export',
    { database: 'thu.nsf', out: '/home/o.dxl' },
  ],
  [
    ['domino', 'export', '--database', 'thu.nsf'],
    'domino-export',
    { database: 'thu.nsf' },
    { dxl: '<database/>' },
  ],
  [
    ['domino', 'generate', '--members', '5', '--seed', '0', '--database-prefix', 'p-'],
    'domino-generate',
    { members: 5, seed: 0, databasePrefix: 'p-' },
  ],
];
