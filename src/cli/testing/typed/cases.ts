import type { TypedCommand } from './typed-command.ts';

export const CASES_TYPED: readonly TypedCommand[] = [
  [['audit'], 'audit-list', {}, { reads: [] }],
  [
    ['audit', 'list', '--member', 'DV-1', '--account', 'so-tay', '--before', '9', '--limit', '3'],
    'audit-list',
    { member: 'DV-1', account: 'so-tay', before: 9, limit: 3 },
    { reads: [] },
  ],
  [
    ['subject', 'export', 'DV-1', '--reason', 'r', '--json'],
    'subject-export',
    { member: 'DV-1', reason: 'r' },
    { records: [] },
  ],
  [
    ['subject', 'erase', 'DV-1', '--reason', 'r', '--approve', 'c'],
    'subject-erase',
    { member: 'DV-1', reason: 'r', approve: 'c' },
    { done: true },
  ],
  [['conflicts'], 'conflicts-list', {}, { conflicts: [] }],
  [['conflicts', '--link', 'a', '--json'], 'conflicts-list', { link: 'a' }, { conflicts: [] }],
  [['conflicts', 'show', '42'], 'conflict-show', { id: '42' }],
  [
    ['conflicts', 'resolve', '42', '--choose', 'notes', '--field', 'x', 'y', '--reason', 'r'],
    'conflict-resolve',
    { id: '42', choose: 'notes', fields: ['x', 'y'], reason: 'r' },
  ],
  [['quarantine'], 'quarantine-list', {}, { quarantined: [] }],
  [['quarantine', 'retry', '7'], 'quarantine-retry', { id: '7' }],
  [['journal', 'verify'], 'journal-verify', {}, { ok: true }],
  [['account', 'create', 'so-tay', '--role', 'app'], 'account-create', { name: 'so-tay', role: 'app' }],
  [
    ['account', 'password', 'so-tay', '--zone', 'outside'],
    'account-password',
    { name: 'so-tay', zone: 'outside' },
  ],
  [
    ['account', 'sign-out', 'so-tay', '--zone', 'outside'],
    'account-sign-out',
    { name: 'so-tay', zone: 'outside' },
  ],
];
