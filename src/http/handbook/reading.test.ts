import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../connectors/postgres/pool/testing/databases.ts';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import { ACTIVE, CELL } from './testing/sample-world.ts';

const NAMES = [
  'Trần Thị Bé',
  'Lê Văn An',
  'Nguyễn Văn Ân',
  'Đỗ Văn Ăn',
  'Phan Đức',
  'Phan Dũng',
  'Nguyễn Thị Đào',
  'Nguyễn Thị Đạo',
  'Ngô Bả',
  'Ngô Bá',
  'Ngô Bà',
  'Ngô Ba',
  'Hà Văn Hoà',
  'Hà Văn Hòa',
];

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`reading on ${kind.name}`, () => {
    let t: HandbookApp;
    let app: Headers;
    beforeAll(async () => {
      t = await openHandbookApp({}, kind);
      for (const [at, fullName] of NAMES.entries()) {
        await t.put('member', `m${at}`, {
          recordCode: `m${at}`,
          // As a Mac types it.
          fullName: at % 3 === 0 ? fullName.normalize('NFD') : fullName,
          organisationCode: CELL,
          status: at % 2 === 0 ? ACTIVE : 'Từ trần',
          admittedOn: `20${10 + at}-05-19`,
        });
        await t.put('assignment', `a${at}`, { progress: at * 10, memberCode: `m${at}`, dueAt: null });
      }
      await t.put('document', 'd1', {
        scope: [CELL, '01.002.000.000.000'],
        documentNumber: '52-KH/ĐU',
        summary: 'Kế hoạch triển khai <b>Sổ tay</b>; 100%',
        revoked: true,
      });
      app = await t.account('app', {});
    });
    afterAll(() => t.close());

    const names = async (url: string) => {
      const { status, body } = await t.get(url, app);
      expect([url, status]).toEqual([url, 200]);
      return body.records.map(({ fields }: { fields: { fullName: string } }) =>
        fields.fullName.normalize('NFC'),
      );
    };
    const keys = async (url: string) => {
      const { status, body } = await t.get(url, app);
      expect([url, status]).toEqual([url, 200]);
      return body.records.map(({ key }: { key: string }) => key);
    };

    it('sorts people as Vietnamese lists do: by given name, letters before tones', async () => {
      const sorted = [
        'Lê Văn An',
        'Đỗ Văn Ăn',
        'Nguyễn Văn Ân',
        'Ngô Ba',
        'Ngô Bà',
        'Ngô Bả',
        'Ngô Bá',
        'Trần Thị Bé',
        'Phan Dũng',
        'Nguyễn Thị Đào',
        'Nguyễn Thị Đạo',
        'Phan Đức',
      ];
      const listed = await names('/records/member?sort=title');
      expect(listed.slice(0, sorted.length)).toEqual(sorted);
      expect(listed.slice(sorted.length).sort()).toEqual(['Hà Văn Hoà', 'Hà Văn Hòa'].sort());
      expect(await names('/records/member?sort=title&order=desc')).toEqual(listed.toReversed());
    });

    it('finds people however their name is typed', async () => {
      const both = ['Nguyễn Thị Đào', 'Nguyễn Thị Đạo'];
      for (const q of [
        'nguyen thi dao',
        'NGUYEN  THI DAO',
        'dao thi nguyen',
        'nguyễn thị',
        'Nguyễn Thị Đ'.normalize('NFD'),
      ]) {
        expect([q, (await names(`/search?q=${encodeURIComponent(q)}`)).sort()]).toEqual([q, both]);
      }
      expect(await names(`/search?q=${encodeURIComponent('nguyễn thị đạo')}`)).toEqual(both.toReversed());
      expect(await names(`/search?q=${encodeURIComponent('Thị ĐÀO')}`)).toEqual(both);
      for (const q of ['hoa', 'hoà', 'hòa']) {
        expect((await names(`/search?entity=member&q=${encodeURIComponent(q)}`)).length).toBe(2);
      }
      expect(await keys(`/search?q=${encodeURIComponent('52-KH/ĐU')}`)).toEqual(['d1']);
      expect(await keys('/search?q=52%20kh%20du&entity=document')).toEqual(['d1']);
      expect(await keys('/search?q=52&entity=member')).toEqual([]);
    });

    it.each(["'", '&', ':*', '!', '()', '\\', '<->', "' | 'a", 'a & !b', '%', '$$', '“”', 'a:*b', '-', '😀'])(
      'takes %j as words, not as a query',
      async (q) => {
        expect((await t.get(`/search?q=${encodeURIComponent(q)}`, app)).status).toBe(200);
      },
    );

    it('goes through all that was found, page by page, each once', async () => {
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const { body } = await t.get(`/search?q=n&limit=2${after}`, app);
        seen.push(...body.records.map(({ key }: { key: string }) => key));
        if (body.next === null) break;
        after = `&after=${body.next}`;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.sort()).toEqual((await keys('/search?q=n&limit=100')).sort());
      expect(seen.length).toBeGreaterThan(4);
    });

    it('filters by value, range and element', async () => {
      expect(await keys('/records/assignment?filter=progress%3E%3D110')).toEqual(['a11', 'a12', 'a13']);
      expect(await keys('/records/assignment?filter=progress%3E%3D20&filter=progress%3C%3D30')).toEqual([
        'a2',
        'a3',
      ]);
      expect(await keys('/records/assignment?filter=progress%3D0')).toEqual(['a0']);
      expect(await keys('/records/document?filter=revoked%3Dtrue')).toEqual(['d1']);
      expect(await keys(`/records/document?filter=scope%3D${CELL}`)).toEqual(['d1']);
      expect(await keys('/records/document?filter=scope%3D01')).toEqual([]);
      expect(await keys('/records/member?filter=admittedOn%3E%3D2022')).toEqual(['m12', 'm13']);
      const active = await t.get(
        `/records/member/count?filter=${encodeURIComponent(`status=${ACTIVE.normalize('NFD')}`)}`,
        app,
      );
      expect(active.body).toEqual({ count: 7, more: false });
    });

    it.each([
      'status',
      'x=1',
      'progress=a',
      'progress=1;drop',
      'description=x',
      '=1',
      'status~x',
      '__proto__=1',
    ])('refuses the filter %j', async (filter) => {
      const { status, body } = await t.get(`/records/assignment?filter=${encodeURIComponent(filter)}`, app);
      expect([status, body.code]).toEqual([400, 'validation']);
    });

    it('sends a part of an attachment', async () => {
      const bytes = Buffer.alloc(600_000, 'tệp đính kèm ');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const ref = { name: 'kế hoạch.pdf', sha256, size: bytes.length };
      const recordId = await t.put('document', 'd1', { attachments: [ref] });
      await t.handbook.putBlob(
        { recordId, field: 'attachments' },
        ref,
        (async function* () {
          yield bytes;
        })(),
      );
      const url = `/api/handbook/v1/records/document/${recordId}/blobs/attachments/${encodeURIComponent(ref.name)}`;
      const read = (headers: Headers) => t.app.inject({ url, headers: { ...app, ...headers } });
      const whole = await read({});
      expect(whole.rawPayload.equals(bytes)).toBe(true);
      expect(whole.headers).toMatchObject({
        'accept-ranges': 'bytes',
        'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
      });
      const last = bytes.length - 1;
      for (const [range, first, end] of [
        ['bytes=0-0', 0, 0],
        ['bytes=262143-262144', 262_143, 262_144],
        ['bytes=100-', 100, last],
        ['bytes=-5', last - 4, last],
        ['bytes=500000-9999999', 500_000, last],
        ['bytes=-9999999', 0, last],
      ] as const) {
        const part = await read({ range });
        expect([range, part.statusCode]).toEqual([range, 206]);
        expect(part.headers['content-range']).toBe(`bytes ${first}-${end}/${bytes.length}`);
        expect(part.rawPayload.equals(bytes.subarray(first, end + 1))).toBe(true);
      }
      for (const range of [`bytes=${bytes.length}-`, 'bytes=-0']) {
        const part = await read({ range });
        expect([range, part.statusCode, part.headers['content-range']]).toEqual([
          range,
          416,
          `bytes */${bytes.length}`,
        ]);
        expect(part.json()).toMatchObject({ code: 'range-not-satisfiable' });
      }
      for (const range of ['bytes=5-1', 'bytes=a-b', 'items=0-1', 'bytes=0-1,3-4', 'bytes=-']) {
        expect([range, (await read({ range })).statusCode]).toEqual([range, 200]);
      }
      expect((await read({ range: 'bytes=0-0', 'if-range': `"${sha256}"` })).statusCode).toBe(206);
      expect((await read({ range: 'bytes=0-0', 'if-range': '"older"' })).statusCode).toBe(200);
    });

    it('compresses long answers for who can read them, and tells no other site anything', async () => {
      const url = '/api/handbook/v1/records/member';
      const asked = { ...app, 'accept-encoding': 'gzip', origin: 'https://other.example' };
      const answer = await t.app.inject({ url, headers: asked });
      expect(answer.headers['content-encoding']).toBe('gzip');
      expect(JSON.parse(gunzipSync(answer.rawPayload).toString()).records.length).toBe(NAMES.length);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect((await t.app.inject({ url, headers: app })).headers['content-encoding']).toBeUndefined();
      const preflight = await t.app.inject({
        method: 'OPTIONS',
        url,
        headers: { ...asked, 'access-control-request-method': 'GET' },
      });
      expect(preflight.statusCode).toBeGreaterThanOrEqual(400);
    });

    it('does not send a record again to who has it', async () => {
      const url = `/api/handbook/v1/records/member/${t.idOf('member', 'm0')}`;
      const first = await t.app.inject({ url, headers: app });
      const again = await t.app.inject({
        url,
        headers: { ...app, 'if-none-match': String(first.headers.etag) },
      });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      await t.put('member', 'm0', { phone: '0100000009' });
      const later = await t.app.inject({
        url,
        headers: { ...app, 'if-none-match': String(first.headers.etag) },
      });
      expect(later.statusCode).toBe(200);
    });
  });
}
