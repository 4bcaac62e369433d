import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OPEN } from './access.ts';
import { problemAnswers } from './answers.ts';
import type { HttpApp } from './http-app.ts';

const STYLE =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color:#222;background:#fff}' +
  'h1{font-size:1.4rem;margin-bottom:.2rem}h2{font-size:1.1rem;margin-top:2rem}a{color:#8a1c1c}';

const LINKS = (signIn: string, docs: string, ready: string, live: string) => `
<ul>
<li><a href="/sign-in">${signIn}</a></li>
<li><a href="/docs">${docs}</a></li>
<li><a href="/health/ready">${ready}</a></li>
<li><a href="/health/live">${live}</a></li>
</ul>`;

const PAGE = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sổ tay đảng viên – cầu nối đồng bộ</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Cầu nối Notes/Domino và Sổ tay đảng viên</h1>
<p>Máy chủ đang chạy. Nó giữ cho các cơ sở dữ liệu Lotus Notes/Domino và Sổ tay đảng viên điện tử khớp với nhau; chỉ những văn bản đã được cho phép chuyển mới đi qua.</p>
${LINKS('Đăng nhập', 'Tài liệu giao diện lập trình (API)', 'Sẵn sàng phục vụ?', 'Tiến trình còn sống?')}
<section lang="en">
<h2>Notes/Domino and Party member handbook bridge</h2>
<p>The server is running. It keeps Lotus Notes/Domino databases and the electronic Party member handbook consistent; only documents released for transfer cross.</p>
${LINKS('Sign in', 'API documentation', 'Ready to serve?', 'Process alive?')}
</section>
</main>
</body>
</html>
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A page for whoever opens the server's address in a browser: no script, nothing loaded from elsewhere. */
export function addLandingPage(app: HttpApp): void {
  app.get(
    '/',
    {
      config: { access: OPEN },
      schema: {
        tags: ['health'],
        summary: 'A page with links, in Vietnamese and English',
        response: {
          200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
          ...problemAnswers,
        },
      },
    },
    async (_request, reply) => {
      reply
        .header(
          'content-security-policy',
          `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        )
        .type('text/html; charset=utf-8');
      return reply.serializer(String).send(PAGE);
    },
  );
}
