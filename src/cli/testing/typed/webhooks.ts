import type { TypedCommand } from './typed-command.ts';

export const WEBHOOKS_TYPED: readonly TypedCommand[] = [
  [['webhook'], 'webhook-list', {}],
  [
    [
      'webhook',
      'create',
      'https://a.example/x',
      '--account',
      'so-tay',
      '--entity',
      'task',
      'member',
      '--content',
      'ids',
    ],
    'webhook-create',
    { url: 'https://a.example/x', account: 'so-tay', entities: ['task', 'member'], content: 'ids' },
  ],
  [['webhook', 'rotate', 'w', '--overlap-hours', '0'], 'webhook-rotate', { webhook: 'w', overlapHours: 0 }],
  [['webhook', 'pause', 'w'], 'webhook-pause', { webhook: 'w' }],
  [['webhook', 'resume', 'w'], 'webhook-resume', { webhook: 'w' }],
  [['webhook', 'delete', 'w'], 'webhook-delete', { webhook: 'w' }],
  [['webhook', 'replay', 'w', '--from-start'], 'webhook-replay', { webhook: 'w', from: null }],
  [['webhook', 'replay', 'w', '--from', 'c'], 'webhook-replay', { webhook: 'w', from: 'c' }],
];
