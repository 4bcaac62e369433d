import { createHash } from 'node:crypto';
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

/** One that waits for its bytes, one that is whole. */
export const UPLOADS = {
  open: '5d4c3b2a-1f0e-4d9c-8b7a-665544332211',
  held: '11223344-5566-4778-899a-abbccddeeff0',
  text: 'Báo cáo kết quả rà soát',
};

const file = { tus: '1.0.0', size: String(Buffer.byteLength(UPLOADS.text)) };

const record = { entity: 'assignment', id: ASSIGNMENT.recordId };
const document = { entity: 'document', id: DOCUMENT.recordId };

export const HANDBOOK_EXAMPLES: RouteExamples = {
  [`post ${V1}/uploads`]: {
    headers: {
      'tus-resumable': file.tus,
      'upload-length': file.size,
      'upload-metadata': Object.entries({
        filename: 'báo cáo.txt',
        entity: 'assignment',
        record: ASSIGNMENT.recordId,
        sha256: createHash('sha256').update(UPLOADS.text).digest('hex'),
      })
        .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
        .join(','),
    },
  },
  [`get ${V1}/uploads`]: {},
  [`get ${V1}/uploads/{upload}`]: {
    path: { upload: UPLOADS.held },
    answer: {
      uploadId: UPLOADS.held,
      entity: 'assignment',
      recordId: ASSIGNMENT.recordId,
      fileName: 'báo cáo.txt',
      size: Number(file.size),
      received: Number(file.size),
      sha256: createHash('sha256').update(UPLOADS.text).digest('hex'),
      state: 'held',
      mediaType: 'text/plain',
      reason: null,
      createdAt: '2026-11-24T02:00:00.000Z',
    },
  },
  [`patch ${V1}/uploads/{upload}`]: {
    path: { upload: UPLOADS.open },
    headers: {
      'tus-resumable': file.tus,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: UPLOADS.text,
  },
  [`delete ${V1}/uploads/{upload}`]: { path: { upload: UPLOADS.open } },
  [`get ${V1}/uploads/{upload}/content`]: { path: { upload: UPLOADS.held } },
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
