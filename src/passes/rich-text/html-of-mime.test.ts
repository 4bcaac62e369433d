import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeHtml } from './safe-html.ts';
import { htmlOfMime } from './html-of-mime.ts';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const page = async (lines: readonly string[]): Promise<string | null> => {
  const html = await htmlOfMime(Buffer.from(lines.join('\r\n')));
  return html === null ? null : safeHtml(html);
};

describe('[RT1] MIME of a rich text', () => {
  it('shows its HTML with the pictures inside it, and runs nothing', async () => {
    const html =
      '<p onclick="x()">Nghị quyết <b>số 1</b></p><script>x()</script><img src="cid:a%40b"><img src="cid:gone">';
    expect(
      await page([
        'MIME-Version: 1.0',
        'X-MIMETrack: Serialize by Router on DOMINO/Mau',
        'Content-Type: multipart/related; boundary="=_1"',
        '',
        '--=_1',
        'Content-Type: multipart/alternative; boundary="=_2"',
        '',
        '--=_2',
        'Content-Type: text/plain; charset=UTF-8',
        '',
        'Nghị quyết số 1',
        '--=_2',
        'Content-Type: text/html; charset=UTF-8',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(html).toString('base64'),
        '--=_2--',
        '--=_1',
        'Content-Type: image/png',
        'Content-ID: <a@b>',
        'Content-Transfer-Encoding: base64',
        '',
        PIXEL,
        '--=_1--',
        '',
      ]),
    ).toBe(`<p>Nghị quyết <b>số 1</b></p><img src="data:image/png;base64,${PIXEL}" />`);
  });

  it.each([
    ['utf-8', '8bit', 'Đảng viên'],
    ['utf-8', 'quoted-printable', '=C4=90=E1=BA=A3ng vi=C3=AAn'],
  ])('shows plain text in %s, %s, as it is', async (charset, encoding, text) => {
    const type = `Content-Type: text/plain; charset=${charset}`;
    expect(await page([type, `Content-Transfer-Encoding: ${encoding}`, '', text, 'a < b', ''])).toBe(
      '<p>Đảng viên<br />a &lt; b</p>',
    );
  });

  it('takes the HTML that a server sends instead, and says of nothing else that it can be read', async () => {
    expect(await page(['  <p>HTML</p>'])).toBe('  <p>HTML</p>');
    expect(await page(['\u0000\u0001 no rich text'])).toBeNull();
    const type = 'Content-Type: multipart/mixed; boundary="b"';
    expect(await page([type, '', ...Array.from({ length: 80 }, () => `--b\r\n${type}\r\n`)])).toBeNull();
  });

  it('makes a page or says that it cannot, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, headed) => {
        const head = headed ? 'Content-Type: text/html\r\n\r\n' : '';
        const html = await htmlOfMime(Buffer.concat([Buffer.from(head), bytes]));
        expect(html === null || typeof html === 'string').toBe(true);
      }),
    );
  });
});
