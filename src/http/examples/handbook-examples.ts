import type { RouteExamples } from './route-example.ts';

const V1 = '/api/handbook/v1';

export const ASSIGNMENT = {
  recordId: 'f97758e2-fd1c-4449-805c-edcd69a04bfe',
  entity: 'assignment',
  key: 'giao-2026-0007',
  version: 1,
  fields: {
    recordCode: 'giao-2026-0007',
    taskCode: 'NV-2026-07',
    memberCode: 'DV-1-0000001',
    organisationCode: '01.001.001.000.001',
    progress: 20,
    status: 'DangLam',
    report: 'Đang rà soát hồ sơ',
  },
};

export const DOCUMENT = {
  recordId: '0b0f5a8e-3c0e-4f35-9d1c-0a4c7f3f2b11',
  entity: 'document',
  key: 'vb-2026-0031',
  version: 1,
  fields: {
    recordCode: 'vb-2026-0031',
    documentNumber: '31-CV/DU',
    summary: 'Hướng dẫn sinh hoạt chuyên đề',
    scope: ['01.001.001.000.001'],
    body: { name: '', sha256: 'e682a2193a8176f6fa39d39508967a2070d0914e8769954cefaef10e21c99722', size: 32 },
    attachments: [
      {
        name: 'huong-dan.txt',
        sha256: '98a15e8a5ef5e0ac4b7531ec2be817dacb32c7e296d365c0722e24986c3037be',
        size: 28,
      },
    ],
  },
};

const record = { entity: 'assignment', id: ASSIGNMENT.recordId };
const document = { entity: 'document', id: DOCUMENT.recordId };

export const HANDBOOK_EXAMPLES: RouteExamples = {
  [`get ${V1}/entities`]: {},
  [`get ${V1}/records/{entity}`]: {
    path: { entity: 'assignment' },
    query: { filter: ['status=DangLam', 'progress<=50'], sort: 'key', limit: 50 },
    answer: { records: [ASSIGNMENT], next: null },
  },
  [`get ${V1}/records/{entity}/count`]: {
    path: { entity: 'assignment' },
    query: { filter: 'status=DangLam' },
    answer: { count: 1, more: false },
  },
  [`get ${V1}/records/{entity}/{id}`]: { path: record, answer: ASSIGNMENT },
  [`get ${V1}/records/{entity}/{id}/history`]: {
    path: record,
    answer: {
      history: [
        {
          version: 2,
          at: '2026-11-24T02:00:00.000Z',
          changes: { progress: { from: 20, to: 40 } },
        },
      ],
    },
  },
  [`get ${V1}/records/{entity}/{id}/blobs/{field}`]: { path: { ...document, field: 'body' } },
  [`get ${V1}/records/{entity}/{id}/blobs/{field}/{name}`]: {
    path: { ...document, field: 'attachments', name: 'huong-dan.txt' },
  },
  [`get ${V1}/search`]: {
    query: { q: 'ra soat ho so', entity: ['assignment'] },
    answer: { records: [ASSIGNMENT], next: null },
  },
  [`get ${V1}/changes`]: {
    query: { limit: 1 },
    answer: {
      epochChanged: false,
      cursor: 'sealed',
      changes: [{ kind: 'changed', record: ASSIGNMENT }],
      more: true,
    },
  },
  [`get ${V1}/changes/stream`]: {},
  [`post ${V1}/mutations`]: {
    body: {
      clientId: 'phone-1',
      mutations: [
        {
          mutationId: 'm-1',
          kind: 'update',
          entity: 'assignment',
          recordId: ASSIGNMENT.recordId,
          baseVersion: 1,
          fields: { progress: 40 },
        },
      ],
    },
    answer: { results: [{ mutationId: 'm-1', kind: 'applied', version: 2 }] },
  },
};
