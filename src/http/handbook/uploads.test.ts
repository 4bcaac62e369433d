import { createHash, randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../connectors/postgres/pool/testing/databases.ts';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import { callersOf, fillWorld, ME } from './testing/sample-world.ts';

const UPLOADS = '/api/handbook/v1/uploads';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A PDF of one page with this stream in it. */
const pdf = (packed: Uint8Array, before = '') =>
  Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R${before}>>endobj\n2 0 obj<</Length ${packed.length}/Filter/FlateDecode>>stream\n`,
    ),
    packed,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n'),
  ]);

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`uploads on ${kind.name}`, () => {
    let t: HandbookApp;
    let member: Headers;
    let others: readonly Headers[];
    let record: string;
    beforeAll(async () => {
      t = await openHandbookApp({}, kind);
      await fillWorld(t);
      const callers = await callersOf(t);
      member = callers.member;
      others = [callers.officer, callers.city, callers.app, callers.secretary];
      record = t.idOf('assignment', `assignment-${ME}`);
    });
    afterAll(() => t.close());

    const begin = (bytes: Uint8Array, more: Record<string, string> = {}, headers = member) => {
      const metadata = {
        filename: 'báo cáo.pdf',
        entity: 'assignment',
        record,
        sha256: sha256(bytes),
        ...more,
      };
      return t.app.inject({
        method: 'POST',
        url: UPLOADS,
        headers: {
          ...headers,
          'tus-resumable': '1.0.0',
          'upload-length': String(bytes.length),
          'upload-metadata': Object.entries(metadata)
            .map(([key, value]) => `${key} ${base64(value)}`)
            .join(','),
        },
      });
    };
    const patch = (url: string, offset: number, bytes: Uint8Array, headers = member) =>
      t.app.inject({
        method: 'PATCH',
        url,
        payload: Buffer.from(bytes),
        headers: {
          ...headers,
          'tus-resumable': '1.0.0',
          'upload-offset': String(offset),
          'content-type': 'application/offset+octet-stream',
        },
      });
    const offsetOf = async (url: string) =>
      Number((await t.app.inject({ method: 'HEAD', url, headers: member })).headers['upload-offset']);
    const send = async (bytes: Uint8Array) => {
      const begun = await begin(bytes);
      expect([begun.statusCode, begun.body]).toEqual([201, '']);
      const url = String(begun.headers.location);
      return { url, answer: await patch(url, 0, bytes) };
    };
    const status = async (url: string) => (await t.app.inject({ url, headers: member })).json();

    it('go on where they broke off, in any pieces, and come out byte by byte', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 700_000 }),
          fc.infiniteStream(
            fc.record({ take: fc.integer({ min: 0, max: 400_000 }), wrong: fc.integer({ min: -5, max: 5 }) }),
          ),
          async (size, luck) => {
            const bytes = Buffer.concat([pdf(deflateSync(randomBytes(size))), Buffer.from('%')]);
            const url = String((await begin(bytes)).headers.location);
            for (let at = 0; at < bytes.length; ) {
              const { take = 1, wrong = 0 } = luck.next().value ?? {};
              const answer = await patch(url, at + wrong, bytes.subarray(at, at + take));
              expect(answer.statusCode).toBe(wrong === 0 ? 204 : at + wrong < 0 ? 400 : 409);
              const now = await offsetOf(url);
              expect(now).toBe(wrong === 0 ? Math.min(at + take, bytes.length) : at);
              at = now;
            }
            expect(await status(url)).toMatchObject({
              state: 'held',
              mediaType: 'application/pdf',
              received: bytes.length,
            });
            const kept = await t.app.inject({ url: `${url}/content`, headers: member });
            expect(sha256(kept.rawPayload)).toBe(sha256(bytes));
            expect(kept.headers['content-disposition']).toContain("filename*=UTF-8''b%C3%A1o%20c%C3%A1o.pdf");
            await t.app.inject({ method: 'DELETE', url, headers: member });
          },
        ),
        { numRuns: 8 },
      );
    });

    it('take no byte twice when two senders are at one place', async () => {
      const bytes = pdf(deflateSync(randomBytes(300_000)));
      const url = String((await begin(bytes)).headers.location);
      const answers = await Promise.all([1, 2, 3].map(() => patch(url, 0, bytes)));
      const last = await offsetOf(url);
      expect(last).toBe(bytes.length);
      expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
      expect(await status(url)).toMatchObject({ state: 'held' });
    });

    const spaces = deflateSync(Buffer.alloc(64 * 1024 * 1024, 32), { level: 9 });
    it.each([
      ['digest', async () => ({ bytes: Buffer.from('một văn bản'), more: { sha256: 'a'.repeat(64) } })],
      ['type', async () => ({ bytes: Buffer.from('MZ\u0000\u0001 a program') })],
      ['type', async () => ({ bytes: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]) })],
      ['bomb', async () => ({ bytes: pdf(spaces) })],
      ['bomb', async () => ({ bytes: pdf(deflateSync(spaces, { level: 9 })) })],
      [
        'active',
        async () => ({
          bytes: pdf(deflateSync(Buffer.from('x')), '/OpenAction<</S/JavaScript/JS(app.alert(1))>>'),
        }),
      ],
      ['active', async () => ({ bytes: pdf(deflateSync(Buffer.from('x')), '/OpenAction<</S/#4cau#6ech>>') })],
      ['active', async () => ({ bytes: pdf(deflateSync(Buffer.from('3 0 obj<</S/JavaScript>>'))) })],
    ] as const)('refuse and erase: %s', async (reason, make) => {
      const { bytes, more } = { more: {}, ...(await make()) };
      const begun = await begin(bytes, more);
      const url = String(begun.headers.location);
      const answer = await patch(url, 0, bytes);
      expect([answer.statusCode, answer.json().code, answer.json().detail]).toEqual([
        422,
        'refused-file',
        reason,
      ]);
      expect(await status(url)).toMatchObject({ state: 'refused', reason });
      const { rows } = await t.pool.query('select from handbook.upload_chunk where upload_id = $1', [
        url.split('/').at(-1),
      ]);
      expect(rows).toHaveLength(0);
      expect((await t.app.inject({ url: `${url}/content`, headers: member })).statusCode).toBe(404);
    });

    it('are nobody else’s: no list, no state, no byte, no word whether they are there', async () => {
      const { url } = await send(Buffer.from('chỉ của tôi'));
      for (const headers of others) {
        const mine = await t.app.inject({ url: UPLOADS, headers });
        expect(mine.json()).toEqual({ uploads: [] });
        for (const [method, path] of [
          ['GET', url],
          ['GET', `${url}/content`],
          ['DELETE', url],
        ] as const) {
          const answer = await t.app.inject({ method, url: path, headers });
          const never = await t.app.inject({
            method,
            url: path.replace(/[0-9a-f-]{36}/, crypto.randomUUID()),
            headers,
          });
          expect([answer.statusCode, { ...answer.json(), requestId: '' }]).toEqual([
            404,
            { ...never.json(), requestId: '' },
          ]);
        }
        expect((await patch(url, 0, Buffer.from('x'), headers)).statusCode).toBe(404);
      }
      expect(await status(url)).toMatchObject({ state: 'held', mediaType: 'text/plain' });
    });

    it('are begun for records that the account may change, and for no others', async () => {
      const bytes = Buffer.from('x');
      const theirs = t.idOf('assignment', 'assignment-DV-1-0000002');
      const refused = [
        await begin(bytes, { record: theirs }),
        await begin(bytes, { record: crypto.randomUUID() }),
        await begin(bytes, { record: t.idOf('member', ME), entity: 'member' }),
        await begin(bytes, { entity: 'member' }),
        await begin(bytes, {}, others[0]),
      ];
      for (const answer of refused)
        expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
    });

    it.each([
      ['a path as a name', { filename: '../../etc/passwd' }],
      ['no name', { filename: '' }],
      ['a digest that is none', { sha256: 'x' }],
      ['a field that is not known', { owner: 'me' }],
      ['an id that is none', { record: "' or 1=1 --" }],
    ])('refuse %s', async (_, more) => {
      const answer = await begin(Buffer.from('x'), more);
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'validation']);
    });

    it('refuse what is too large before a byte is sent, more bytes than announced, and too many', async () => {
      const headers = { ...member, 'tus-resumable': '1.0.0', 'upload-metadata': `filename ${base64('a')}` };
      const large = await t.app.inject({
        method: 'POST',
        url: UPLOADS,
        headers: { ...headers, 'upload-length': String(26 * 2 ** 20) },
      });
      expect(large.statusCode).toBe(400);
      const url = String((await begin(Buffer.from('abc'))).headers.location);
      expect((await patch(url, 0, Buffer.from('abcd'))).statusCode).toBe(409);
      expect(await offsetOf(url)).toBe(0);
      const answers = [];
      for (let i = 0; i < 21; i += 1) answers.push((await begin(Buffer.from('abc'))).statusCode);
      expect([...new Set(answers)]).toEqual([201, 409]);
      for (const { uploadId } of (await t.app.inject({ url: UPLOADS, headers: member })).json().uploads)
        await t.app.inject({ method: 'DELETE', url: `${UPLOADS}/${uploadId}`, headers: member });
    });

    it('go with the rights: who is not active any more has none', async () => {
      const { url } = await send(Buffer.from('của tôi'));
      await t.put('member', ME, { status: 'Đã chuyển đi' });
      expect((await t.app.inject({ url: `${url}/content`, headers: member })).json()).toMatchObject({
        code: 'inactive',
      });
      await t.put('member', ME, { status: 'Đang sinh hoạt' });
      await t.remove('assignment', `assignment-${ME}`, 'withdraw');
      expect((await t.app.inject({ url: `${url}/content`, headers: member })).statusCode).toBe(404);
      expect((await begin(Buffer.from('x'))).statusCode).toBe(404);
    });
  });
}
