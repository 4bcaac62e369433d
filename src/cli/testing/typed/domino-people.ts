import { type TypedCommand, UNID } from './typed-command.ts';

export const DOMINO_PEOPLE_TYPED: readonly TypedCommand[] = [
  [
    ['domino', 'agent', 'stamp', 'a.nsf', '--set', 'N:number=1', '--form', 'F', 'G', '--as', 'CN=a', '--yes'],
    'domino-agent',
    {
      database: 'a.nsf',
      task: { kind: 'stamp', items: { N: { type: 'number', values: [1] } } },
      forms: ['F', 'G'],
      as: 'CN=a',
      confirmed: true,
    },
    { done: true },
  ],
  [
    ['domino', 'agent', 'categorise', 'a.nsf', '--category', 'A', 'B', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'categorise', categories: ['A', 'B'] }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'agent', 'form', 'a.nsf', '--from', 'F', '--remove', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'form', from: 'F', to: null }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'agent', 'retype', 'a.nsf', '--item', 'X', '--how', 'to-list', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'retype', item: 'X', how: 'to-list' }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'agent', 'resave', 'a.nsf', '--item', 'X', '--yes'],
    'domino-agent',
    { database: 'a.nsf', task: { kind: 'resave', item: 'X' }, confirmed: true },
    { done: true },
  ],
  [
    ['domino', 'hold', 'open', UNID, '--database', 'a.nsf', '--as', 'CN=a'],
    'domino-hold',
    { action: 'open', database: 'a.nsf', unid: UNID, as: 'CN=a' },
  ],
  [['domino', 'hold', 'list'], 'domino-hold', { action: 'list' }],
  [
    ['domino', 'hold', 'save', UNID, '--database', 'a.nsf', '--set', 'X=1', '--remove', 'Y', '--give-up'],
    'domino-hold',
    {
      action: 'save',
      database: 'a.nsf',
      unid: UNID,
      items: { X: { type: 'text', values: ['1'] } },
      remove: ['Y'],
      giveUp: true,
    },
  ],
  [
    ['domino', 'hold', 'close', UNID, '--database', 'a.nsf'],
    'domino-hold',
    { action: 'close', database: 'a.nsf', unid: UNID },
  ],
];
