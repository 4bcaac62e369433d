import { type TypedCommand, UNID } from './typed-command.ts';

export const DOMINO_COPIES_TYPED: readonly TypedCommand[] = [
  [
    ['domino', 'replicate', 'a.nsf', 'CN=H/O=T!!b.nsf', '--cut-after', '0'],
    'domino-replicate',
    { database: 'a.nsf', with: 'CN=H/O=T!!b.nsf', direction: 'both', cutAfter: 0 },
  ],
  [['domino', 'replica', 'a.nsf', 'b.nsf'], 'domino-replica', { database: 'a.nsf', path: 'b.nsf' }],
  [['domino', 'replication', 'a.nsf'], 'domino-replication', { database: 'a.nsf', changes: {} }],
  [
    [
      'domino',
      'replication',
      'a.nsf',
      '--no-pirc',
      '--all-forms',
      '--soft-delete-hours',
      '0',
      '--cutoff',
      '1970-01-02',
    ],
    'domino-replication',
    { database: 'a.nsf', changes: { pirc: false, forms: null, softDeleteHours: null, cutoff: 86_400_000 } },
  ],
  [['domino', 'acl', 'a.nsf', '--remove', 'CN=x'], 'domino-acl', { database: 'a.nsf', remove: 'CN=x' }],
  [
    ['domino', 'acl', 'a.nsf', '--name=-Default-', '--level', 'author', '--no-create', '--roles', 'BiThu'],
    'domino-acl',
    {
      database: 'a.nsf',
      set: { name: '-Default-', level: 'author', creates: false, deletes: false, roles: ['BiThu'] },
    },
  ],
  [['domino', 'group'], 'domino-group', {}],
  [
    ['domino', 'group', 'G', '--members', 'CN=a', 'H'],
    'domino-group',
    { set: { group: 'G', members: ['CN=a', 'H'] } },
  ],
  [
    ['domino', 'backup', 'a.nsf', '--out', 'b'],
    'domino-backup',
    { database: 'a.nsf', out: '/home/operator/b' },
  ],
  [
    ['domino', 'restore', 'a.nsf', '--file', 'b', '--yes'],
    'domino-restore',
    { database: 'a.nsf', file: '/home/operator/b', confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'purge', 'a.nsf', '--yes'],
    'domino-purge',
    { database: 'a.nsf', confirmed: true },
    { done: true },
  ],
  [['domino', 'undelete', 'a.nsf', '--note', UNID], 'domino-undelete', { database: 'a.nsf', unid: UNID }],
  [
    ['domino', 'paste', UNID, '--database', 'a.nsf', '--into', 'b.nsf', '--cut'],
    'domino-paste',
    { database: 'a.nsf', unid: UNID, into: 'b.nsf', cut: true },
  ],
  [['domino', 'move', 'a.nsf', 'c/a.nsf'], 'domino-move', { database: 'a.nsf', path: 'c/a.nsf' }],
];
