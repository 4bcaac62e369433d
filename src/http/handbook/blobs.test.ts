import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MEMBER_KEY, testApp, type TestApp } from '../testing/test-app.ts';
import { attachmentDisposition } from './content-disposition.ts';
import { matchesTag } from './entity-tag.ts';

let t: TestApp;
let digest: string;
const NAME = 'ảnh "thẻ" / 3x4;.jpg';
const CONTENT = 'nội dung tệp đính kèm';
const url = (id: string, field: string, name?: string) =>
  `/api/handbook/v1/records/member/${id}/blobs/${field}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;

beforeEach(() => {
  t = testApp();
  digest = t.members.putBlob('m1', 'photo', NAME, CONTENT);
  const size = Buffer.byteLength(CONTENT);
  const biography = {
    name: '',
    sha256: t.members.putBlob('m1', 'biography', '', '<p>tiểu sử</p>'),
    size: 16,
  };
  const missing = { name: 'late.pdf', sha256: 'f'.repeat(64), size: 1 };
  t.members.put('member', 'm1', MEMBER_KEY, {
    memberCode: MEMBER_KEY,
    photo: [{ name: NAME, sha256: digest, size }, missing],
    biography,
  });
  t.members.put('member', 'm2', 'ĐV-2', {
    memberCode: 'ĐV-2',
    photo: [{ name: NAME, sha256: digest, size }],
  });
});
afterEach(() => t.app.close());

describe('blobs', () => {
  it('are downloaded whole, to be saved and not shown', async () => {
    const answer = await t.app.inject({ url: url('m1', 'photo', NAME), headers: await t.as('member') });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe(CONTENT);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(Buffer.byteLength(CONTENT)),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag: `"${digest}"`,
      'content-disposition':
        'attachment; filename="anh _the_ _ 3x4_.jpg"; ' +
        "filename*=UTF-8''%E1%BA%A3nh%20%22th%E1%BA%BB%22%20_%203x4%3B.jpg",
    });
  });

  it('are not sent again to who has them', async () => {
    const headers = { ...(await t.as('officer')), 'if-none-match': `"x", W/"${digest}"` };
    const answer = await t.app.inject({ url: url('m1', 'photo', NAME), headers });
    expect(answer.statusCode).toBe(304);
    expect(answer.body).toBe('');
    expect(answer.headers.etag).toBe(`"${digest}"`);
  });

  it('include rich text, which has no name and is a page in which nothing runs', async () => {
    const answer = await t.app.inject({ url: url('m1', 'biography'), headers: await t.as('app') });
    expect(answer.body).toBe('<p>tiểu sử</p>');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['content-disposition']).toBeUndefined();
  });

  it('a part of rich text is as confined as the whole, and an attachment is never a page', async () => {
    const headers = { ...(await t.as('app')), range: 'bytes=0-2' };
    const part = await t.app.inject({ url: url('m1', 'biography'), headers });
    expect(part.statusCode).toBe(206);
    expect(part.headers['content-security-policy']).toMatch(/^sandbox;/);
    const page = '<script>alert(1)</script>';
    t.members.put('member', 'm1', MEMBER_KEY, {
      photo: [
        { name: 'a.html', sha256: t.members.putBlob('m1', 'photo', 'a.html', page), size: page.length },
      ],
    });
    const file = await t.app.inject({ url: url('m1', 'photo', 'a.html'), headers: await t.as('app') });
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    expect(file.headers['content-disposition']).toMatch(/^attachment;/);
  });

  it('answer HEAD without bytes', async () => {
    const request = { method: 'HEAD', url: url('m1', 'photo', NAME), headers: await t.as('app') } as const;
    const answer = await t.app.inject(request);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('');
  });

  it('of others, and after a withdrawal, are not there', async () => {
    const headers = await t.as('member');
    expect((await t.app.inject({ url: url('m2', 'photo', NAME), headers })).statusCode).toBe(404);
    expect((await t.app.inject({ url: url('m1', 'photo', 'other'), headers })).statusCode).toBe(404);
    expect((await t.app.inject({ url: url('m1', 'memberCode', 'other'), headers })).statusCode).toBe(404);
    expect((await t.app.inject({ url: url('m1', '__proto__', 'other'), headers })).statusCode).toBe(400);
    t.members.withdraw('m1');
    expect((await t.app.inject({ url: url('m1', 'photo', NAME), headers })).statusCode).toBe(404);
  });

  it('that have not arrived yet, or are of another version, are asked for later', async () => {
    const headers = await t.as('app');
    const late = await t.app.inject({ url: url('m1', 'photo', 'late.pdf'), headers });
    expect(late.statusCode).toBe(503);
    expect(late.json()).toMatchObject({ code: 'unavailable' });
    t.members.putBlob('m1', 'photo', NAME, 'older bytes');
    const older = await t.app.inject({ url: url('m1', 'photo', NAME), headers });
    expect(older.json()).toMatchObject({ code: 'unavailable' });
    expect(older.headers.etag).toBeUndefined();
  });
});

it('no name breaks out of Content-Disposition', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const header = attachmentDisposition(name);
      expect(header).toMatch(
        /^attachment; filename="[A-Za-z0-9._ -]*"; filename\*=UTF-8''[\w.!~%&+$^`|{}#-]*$/,
      );
      const encoded = header.split("UTF-8''")[1] ?? '';
      expect(decodeURIComponent(encoded)).toBe(name.replaceAll(/[\\/]/g, '_'));
    }),
  );
});

it.each([
  [undefined, false],
  ['*', true],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b"', false],
  ['a', false],
])('If-None-Match %s', (header, expected) => {
  expect(matchesTag(header, '"a"')).toBe(expected);
});
