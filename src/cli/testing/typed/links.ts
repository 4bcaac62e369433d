import { type TypedCommand, UNID } from './typed-command.ts';

const counts = {
  pulled: 1,
  pushed: 0,
  merged: 0,
  conflicts: 0,
  withheld: 2,
  quarantined: 0,
  detached: 0,
  missing: 0,
  deleted: 0,
  pendingDeletes: 0,
};

export const LINKS_TYPED: readonly TypedCommand[] = [
  [['sync', '--once'], 'sync-once', {}, { quiet: true, links: [{ link: 'a', ...counts }] }],
  [
    ['sync', '--once', '--link', 'a', '--accept-preview', 'p1'],
    'sync-once',
    { link: 'a', acceptPreview: 'p1' },
    { quiet: true, links: [] },
  ],
  [['verify', '--repair', '--link', 'a'], 'repair', { link: 'a' }, { repairs: [] }],
  [['verify', '--link', 'a'], 'verify', { link: 'a' }, { compared: 3, differences: [] }],
  [['status'], 'status', {}, { links: [] }],
  [['preview', '--link', 'a'], 'preview', { link: 'a' }, { previews: [] }],
  [['preview', '--show', 'p1'], 'preview', { show: 'p1' }, { previews: [] }],
  [['reports', '--link', 'l1'], 'reports', { link: 'l1' }],
  [['sweep', '--link', 'a'], 'sweep', { link: 'a' }],
  [
    ['release', '--link', 'a', '--lane', 'deletes', '--reason', ' đã kiểm tra '],
    'release-brake',
    { link: 'a', lane: 'deletes', reason: 'đã kiểm tra' },
  ],
  [
    ['confirm-deleted', UNID.toLowerCase(), `${UNID.slice(0, 31)}0`, '--link', 'a', '--reason', 'r'],
    'confirm-deleted',
    { link: 'a', unids: [UNID, `${UNID.slice(0, 31)}0`], reason: 'r' },
  ],
  [['pause', '--link', 'a', '--direction', 'push'], 'pause', { link: 'a', direction: 'push' }],
  [['resume', '--link', 'a'], 'resume', { link: 'a' }],
  [['instance'], 'instances-list', {}, { links: [] }],
  [
    ['instance', 'switch', '--link', 'a', '--to', 'h:1!!b.nsf', '--force', '--reason', 'r r'],
    'instance-switch',
    { link: 'a', to: 'h:1!!b.nsf', force: true, reason: 'r r' },
  ],
  [
    ['instance', 'release', '--link', 'a', '--was', 'restored', '--reason', 'r r'],
    'instance-release',
    { link: 'a', was: 'restored', reason: 'r r' },
  ],
];
