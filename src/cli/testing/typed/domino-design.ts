import { type TypedCommand, UNID } from './typed-command.ts';

export const DOMINO_DESIGN_TYPED: readonly TypedCommand[] = [
  [['domino', 'view', 'list', 'a.nsf'], 'domino-view', { action: 'list', database: 'a.nsf' }],
  [
    ['domino', 'view', 'create', 'a.nsf', '--name', 'V', '--select', 'Form=F', '--column', 'x=X:ascending'],
    'domino-view',
    {
      action: 'create',
      database: 'a.nsf',
      view: {
        name: 'V',
        aliases: [],
        kind: 'view',
        selection: { Form: ['F'] },
        columns: [
          {
            name: 'x',
            item: 'X',
            sorted: 'ascending',
            clickSort: false,
            categorized: false,
            separateValues: false,
          },
        ],
      },
    },
  ],
  [
    ['domino', 'view', 'remove', 'a.nsf', '--name', 'V'],
    'domino-view',
    { action: 'remove', database: 'a.nsf', name: 'V' },
  ],
  [['domino', 'view', 'build', 'a.nsf'], 'domino-view', { action: 'build', database: 'a.nsf' }],
  [
    ['domino', 'view', 'put', 'a.nsf', '--name', 'V', '--notes', UNID.toLowerCase()],
    'domino-view',
    { action: 'put', database: 'a.nsf', name: 'V', unids: [UNID] },
  ],
  [
    ['domino', 'view', 'take', 'a.nsf', '--name', 'V', '--notes', UNID],
    'domino-view',
    { action: 'take', database: 'a.nsf', name: 'V', unids: [UNID] },
  ],
  [['domino', 'catalog', 'a.nsf'], 'domino-catalog', { database: 'a.nsf' }],
  [['domino', 'fulltext', 'a.nsf', '--drop'], 'domino-fulltext', { database: 'a.nsf', drop: true }],
  [
    ['domino', 'query', 'a.nsf', "HoTen = 'x'", '--explain', '--as', 'CN=a', '--limit', '5'],
    'domino-query',
    { database: 'a.nsf', query: "HoTen = 'x'", explain: true, as: 'CN=a', limit: 5 },
    { explanation: 'tree' },
  ],
];
