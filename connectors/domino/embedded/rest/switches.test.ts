import { describe, expect, test } from 'vitest';
import { richTextItem } from '../engine/item-builders.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { HARSH_REST_QUIRKS, parseRestQuirks, type RestQuirks } from './rest-quirks.ts';
import { createMember } from './testing/member-documents.ts';
import { temporaryRest, type TemporaryRest } from './testing/temporary-rest.ts';

const dxl = new TextEncoder().encode('<par><run>a</run></par>');

/** Switches that no other test turns, and a question whose answer they change: first the harsh one, then the other. */
const TURNED: readonly {
  readonly quirks: Partial<RestQuirks>;
  readonly ask: (rest: TemporaryRest) => Promise<unknown>;
  readonly answers: readonly [harsh: unknown, other: unknown];
}[] = [
  {
    quirks: { missingRevision: 'accepted' },
    ask: async (rest) => {
      const { unid } = (await createMember(rest))['@meta'];
      return (await rest.ask('PATCH', `/document/${unid}`, { body: { Diem: 1 } })).status;
    },
    answers: [400, 200],
  },
  {
    quirks: { warnings: 'present' },
    ask: async (rest) => {
      const unid = rest.lan.create({ Form: 'Task' });
      return (await rest.ask('GET', `/document/${unid}`)).body['@warnings'];
    },
    answers: [undefined, ['No values found for item TieuDe']],
  },
  {
    quirks: { floatFormat: 'double' },
    ask: async (rest) => (await createMember(rest, { Tien: 3209185.63 }))['Tien'],
    answers: [3209185.8, 3209185.63],
  },
  {
    quirks: { offsets: 'utc' },
    ask: async (rest) => {
      const metas = [await createMember(rest), await createMember(rest)].map(({ '@meta': meta }) => meta);
      return new Set(metas.map(({ lastmodified }) => lastmodified.replace(/^.*\.45/u, ''))).size;
    },
    answers: [2, 1],
  },
  {
    quirks: { timeRanges: 'first' },
    ask: async (rest) => {
      const from = dateTimeOf(rest.domino.time);
      const value = { type: 'datetime', values: [], ranges: [[from, from]], list: false } as const;
      const unid = rest.lan.create({
        Form: 'Member',
        CapNhat: { name: 'CapNhat', value, flags: { summary: true } },
      });
      return (await rest.ask('GET', `/document/${unid}`)).body['CapNhat'];
    },
    answers: [undefined, '2026-03-02T01:02:03.45Z'],
  },
  {
    quirks: { logout: 'token-ends' },
    ask: async (rest) => {
      await rest.ask('POST', '/auth/logout', { body: { logout: 'Yes' } });
      return (await rest.ask('GET', '/userinfo')).status;
    },
    answers: [200, 401],
  },
  {
    quirks: { authExtend: 'present' },
    ask: async (rest) => {
      const bearer = await rest.login();
      const headers = { authorization: `Bearer ${bearer}` };
      const extend = { method: 'POST', url: '/api/v1/auth/extend', headers } as const;
      const other = await rest.plain({ ...extend, payload: { bearer: 'x' } });
      const own = await rest.plain<{ expSeconds?: number }>({ ...extend, payload: { bearer } });
      return [other.status, own.status, own.body.expSeconds];
    },
    answers: [
      [404, 404, undefined],
      [403, 200, 7200],
    ],
  },
  {
    quirks: { defaultRichText: 'html' },
    ask: async (rest) => {
      const unid = rest.lan.create({ Form: 'Member', GhiChu: richTextItem('GhiChu', dxl, 'dxl') });
      return (await rest.ask<{ GhiChu: { type: string } }>('GET', `/document/${unid}`)).body.GhiChu.type;
    },
    answers: ['multipart/form-data', 'text/html'],
  },
  {
    quirks: { mimeOfNotesRichText: 'converted' },
    ask: async (rest) => {
      const unid = rest.lan.create({ Form: 'Member', GhiChu: richTextItem('GhiChu', dxl, 'dxl') });
      return (await rest.ask('GET', `/document/${unid}`, { query: { richTextAs: 'mime' } })).status;
    },
    answers: [500, 200],
  },
  {
    quirks: { emptyRichTextWrite: 'accepted' },
    ask: async (rest) =>
      (await rest.ask('POST', '/document', { body: { Form: 'Member', GhiChu: {} } })).status,
    answers: [500, 200],
  },
  {
    quirks: { categorizedKey: 'complete' },
    ask: async (rest) => {
      for (let at = 0; at < 501; at++) rest.lan.create({ Form: 'Member', ChiCoMot: 'Z' });
      const path = `/lists/${encodeURIComponent('Theo chi bộ')}`;
      return (await rest.ask<object[]>('GET', path, { query: { key: 'Z' } })).body.length;
    },
    answers: [500, 502],
  },
  {
    quirks: { infoKeys: 'without-space' },
    ask: async (rest) => Object.keys((await rest.ask('GET', '/info')).body),
    answers: [
      ['Keep Properties', 'Domino Properties'],
      ['KeepProperties', 'DominoProperties'],
    ],
  },
  {
    quirks: { modeInQueryString: 'honoured' },
    ask: async (rest) => {
      rest.lan.create({ Form: 'Task' });
      const options = { query: { mode: 'default' }, body: { query: '@all' } };
      return (await rest.ask<object[]>('POST', '/query', options)).body.length;
    },
    answers: [0, 1],
  },
  {
    quirks: { fieldsParameter: 'honoured' },
    ask: async (rest) => {
      const { unid } = (await createMember(rest, { Diem: 1 }))['@meta'];
      const query = { fields: 'Diem', meta: 'false' };
      return Object.keys((await rest.ask('GET', `/document/${unid}`, { query })).body);
    },
    answers: [
      ['Form', 'HoTen', 'Diem', '$FILES'],
      ['Form', 'Diem'],
    ],
  },
];

describe('switches', () => {
  test.each(TURNED)('[RF23] $quirks changes what it says', async ({ quirks, ask, answers }) => {
    await using harsh = await temporaryRest();
    expect(await ask(harsh)).toEqual(answers[0]);
    await using other = await temporaryRest({ quirks });
    expect(await ask(other)).toEqual(answers[1]);
  });

  test('[RF23] the defaults are values of the switches; anything else is refused by name', () => {
    expect(parseRestQuirks(HARSH_REST_QUIRKS)).toEqual(HARSH_REST_QUIRKS);
    expect(() => parseRestQuirks({ logout: 'never', moi: 1 })).toThrow(/logout[^]*moi|moi[^]*logout/u);
  });
});
