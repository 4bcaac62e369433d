import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to send; made by {@link html} alone. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Escapes every value that is not {@link Html} itself; `null` and `false` are nothing. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | null | false)[]): Html {
  return new Html(parts.reduce((whole, part, at) => whole + inserted(values[at - 1] ?? null) + part));
}

function inserted(value: string | Html | null | false): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.text;
  return value.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}

const STYLE =
  ':root{color-scheme:light}body{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem;color:#222;background:#fff}' +
  'h1{font-size:1.4rem}label{display:block;margin-top:1rem;font-weight:600}fieldset{border:1px solid #767676;margin:1rem 0 0;padding:.5rem 1rem}' +
  'fieldset label{margin:.3rem 0;font-weight:400}input[type=text],input[type=password]{box-sizing:border-box;width:100%;font:inherit;padding:.5rem;border:1px solid #767676;border-radius:4px}' +
  'button{margin-top:1.2rem;font:inherit;font-weight:600;padding:.6rem 1.4rem;border:0;border-radius:4px;background:#8a1c1c;color:#fff;cursor:pointer}' +
  'button.quiet{background:#fff;color:#8a1c1c;border:1px solid #8a1c1c}a{color:#8a1c1c}.trouble{border-left:4px solid #8a1c1c;padding:.3rem .8rem;background:#fdf0f0}' +
  ':focus-visible{outline:3px solid #1c5c8a;outline-offset:2px}nav{margin-top:2rem;font-size:.9rem}';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export interface Page {
  readonly language: 'vi' | 'en';
  readonly title: string;
  readonly body: Html;
  /** Origins beside our own that a form of the page may end at. @default none */
  readonly formsEndAt?: readonly string[];
}

/** Sends a page on which nothing runs and whose forms come back here. */
export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  const forms = ["'self'", ...(page.formsEndAt ?? [])].join(' ');
  const document = html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<h1>${page.title}</h1>
${page.body}
</main>
</body>
</html>
`;
  return reply
    .code(status)
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action ${forms}; frame-ancestors 'none'`,
    )
    .type('text/html; charset=utf-8')
    .serializer(String)
    .send(document.text);
}
