import type { RouteExamples } from './route-example.ts';

/** Invented, and no account's: the test gives its account this one. */
export const EXAMPLE_PASSWORD = 'một câu dài dễ nhớ';

const account = { name: 'dang.vien', role: 'member', zone: 'outside' };

export const SESSION_EXAMPLES: RouteExamples = {
  'post /api/session': {
    body: { zone: 'outside', name: 'dang.vien', password: EXAMPLE_PASSWORD },
    answer: { token: 'out_…', expiresAt: '2026-11-24T14:00:00.000Z', account },
  },
  'get /api/session': {
    answer: {
      account: { ...account, memberKey: 'DV-1-0000001', organisationCode: null },
      csrfToken: null,
    },
  },
  'delete /api/session': {},
  'get /sign-in': { query: { to: '/console', lang: 'vi' } },
  'get /': {},
  'get /health/live': { answer: { status: 'ok' } },
  'get /health/ready': { answer: { status: 'ready' } },
};
