import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { describe, expect, it } from 'vitest';
import * as record from '../../../connectors/domino/embedded/rich-text/cd-record.ts';
import { compositeData } from '../../../connectors/domino/embedded/rich-text/composite-data.ts';
import { encodeLmbcs } from '../../../connectors/domino/embedded/rich-text/encode-lmbcs.ts';
import { CompositeDataError, cdRecords } from './cd-records.ts';
import { fontEncoding, readFontTable } from './font-table.ts';
import { htmlOfCompositeData } from './html-of-composite-data.ts';
import { decodeLmbcs } from './lmbcs.ts';
import { safeHtml } from './safe-html.ts';

const CORPUS = join(import.meta.dirname, '../../../connectors/domino/dxl/corpus');
const GOLDEN = join(import.meta.dirname, 'golden');

const htmlOf = (dxl: string, fonts: Parameters<typeof htmlOfCompositeData>[1] = null) =>
  htmlOfCompositeData(Buffer.from(compositeData(Buffer.from(`<richtext>${dxl}</richtext>`))), fonts);

/** A page of its own, so that a person can open it in a browser. */
const asPage = (fragments: readonly string[]): string =>
  `<!doctype html>\n<meta charset="utf-8">\n${fragments.join('\n<hr>\n').replaceAll(/(<\/(?:p|li|h4|tr|table|ul|ol)>)/gu, '$1\n')}\n`;

describe('composite data records', () => {
  it('[RT3] come to an end on any bytes, with records inside of them or an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(lengthOfRecords(bytes)).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('[RT3] make a page or an error of any sequence of records, whatever is in them', () => {
    const records = fc.array(
      fc.record({ signature: fc.integer({ min: 80, max: 255 }), body: fc.uint8Array({ maxLength: 90 }) }),
    );
    fc.assert(
      fc.property(records, (list) => {
        const bytes = Buffer.concat(
          list.map(({ signature, body }) => {
            const head = Buffer.from([signature, 0xff, 0, 0]);
            head.writeUInt16LE(body.length + 4, 2);
            return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
          }),
        );
        expect(unsafeParts(htmlOfCompositeData(bytes, null).html)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('LMBCS', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // U+F6xx is LMBCS' own way to write xx00.
        const clean = text.replaceAll(/[\p{Cc}\uf600-\uf6ff]/gu, ' ');
        expect(decodeLmbcs(encodeLmbcs(clean))).toBe(clean);
      }),
    );
  });

  it.each([
    ['one code page without a group', [0x43, 0x82], 'Cé'],
    ['a group of one byte', [0x06, 0x88, 0x05, 0xc6], 'łЖ'],
    ['a group of two bytes', [0x10, 0x93, 0xfa], '日'],
    ['a single byte in a group of two', [0x10, 0x10, 0xb1], 'ｱ'],
    ['a low byte of zero', [0x14, 0xf6, 0x1e], 'Ḁ'],
    ['line ends, tabs, controls', [0x41, 0x00, 0x09, 0x0f, 0x29, 0x42], 'A\n\t\tB'],
    ['a text that is cut off', [0x41, 0x14, 0x1e], 'A\ufffd'],
  ])('knows %s', (_, bytes, text) => {
    expect(decodeLmbcs(Buffer.from(bytes))).toBe(text);
  });
});

describe('a page of rich text', () => {
  it('[RT1] shows paragraphs, runs, lists, alignment, tables, sections, links, pictures and attachment icons', async () => {
    const { html, unread } = htmlOf(
      `<pardef id='1'/><pardef id='2' list='bullet'/><pardef id='3' list='number'/><pardef id='4' align='center'/>` +
        `<par def='4'><run><font style='bold'/>CHI BỘ TỔ DÂN PHỐ 1</run></par>` +
        `<par def='1'>Kính gửi <run><font style='bold italic'/>các đồng chí</run>,<break/>dòng hai</par><par/>` +
        `<par def='2'>một</par><par>hai</par><par def='3'>thứ nhất</par><par>thứ hai</par>` +
        `<table><tablecolumn width='1in'/><tablerow><tablecell><par def='1'>a1</par></tablecell><tablecell><par>b1</par>` +
        `<table><tablerow><tablecell><par>trong</par></tablecell></tablerow></table></tablecell></tablerow>` +
        `<tablerow><tablecell columnspan='2'><par>rộng</par></tablecell></tablerow></table>` +
        `<section><sectiontitle><text>Phần I</text></sectiontitle><par def='1'>trong phần</par></section>` +
        `<par>Xem <urllink href='https://example.vn/?a=1&amp;b=2'>tại đây</urllink>, tệp ` +
        `<attachmentref name='ATT001' displayname='Kế hoạch.pdf'><picture width='32px'><gif>R0lGODlh</gif></picture></attachmentref></par>` +
        `<par><picture width='1px'><png>iVBORw0KGgo=</png></picture></par><horizrule/><par>hết</par>`,
    );
    expect([...unread]).toEqual([]);
    expect(unsafeParts(html)).toEqual([]);
    await expect(asPage([html])).toMatchFileSnapshot(join(GOLDEN, 'everything.html'));
  });

  it.each([
    ['styledtext', 'domino-jnx/testConvertAndOpenMimeItem/styledtext.xml'],
    ['discussion', 'domino-jnx/testV1discuss/2294.xml'],
    ['dollarfonts', 'domino-jnx/testJsonSerialization/dollarfonts.xml'],
  ])('[RT1] is right for records that a real server wrote: %s', async (name, file) => {
    const xml = readFileSync(join(CORPUS, file), 'utf8');
    const pages = [...xml.matchAll(/<item name='Body'[^>]*>\s*<rawitemdata type='1'>([^<]*)</gu)].map(
      ([, base64]) => htmlOfCompositeData(Buffer.from(base64 ?? '', 'base64'), null),
    );
    expect(pages.length).toBeGreaterThan(0);
    for (const { html } of pages) expect(unsafeParts(html)).toEqual([]);
    await expect(asPage(pages.map(({ html }) => html))).toMatchFileSnapshot(join(GOLDEN, `${name}.html`));
  });

  it.each(['acmedns/certstore_acmedns', 'cloudflare/certstore_cloudflare', 'desec/certstore_desec'])(
    '[RT1] is right for a real export: %s',
    async (name) => {
      const xml = readFileSync(join(CORPUS, 'domino-cert-manager/dns-providers', `${name}.dxl`), 'utf8');
      const pages = [...xml.matchAll(/<richtext[\s\S]*?<\/richtext>/gu)].map(([dxl]) =>
        htmlOfCompositeData(Buffer.from(compositeData(Buffer.from(dxl))), null),
      );
      expect(pages.length).toBeGreaterThan(0);
      for (const { html } of pages) expect(unsafeParts(html)).toEqual([]);
      const golden = join(GOLDEN, `${name.split('/').at(-1) ?? name}.html`);
      await expect(asPage(pages.map(({ html }) => html))).toMatchFileSnapshot(golden);
    },
  );

  it('[RT2] shows nothing of what Notes hides, or hides by a formula, and says that something is there', () => {
    const { html, unread } = htmlOf(
      `<pardef id='1'/><pardef id='2' hide='read preview'/>` +
        `<pardef id='3'><code event='hidewhen'><formula>canary1 := @UserRoles</formula></code></pardef>` +
        `<par def='1'>thấy</par><par def='2'>canary2</par><par def='2'>canary3 <picture><gif>R0lGODlh</gif></picture></par>` +
        `<par def='3'>canary4 <urllink href='https://canary5.vn'>canary6</urllink></par><par def='1'>cuối</par>`,
    );
    expect(html).not.toMatch(/canary/u);
    expect(html).toMatch(/^<p>thấy<\/p>.*<p>cuối<\/p>$/u);
    expect([...unread]).toEqual([['hidden', 2]]);
  });

  it('[RT2] shows nothing of programs: buttons, popups, pass-thru HTML, links that run something', () => {
    const { html, unread } = htmlOf(
      `<pardef id='1'/><par def='1'><run html='true'>&lt;script&gt;canary1&lt;/script&gt;</run>` +
        `<button><code event='click'><formula>canary2</formula></code>canary3</button>` +
        `<popup><code event='value'><formula>canary4</formula></code>chữ</popup>` +
        `<urllink href='javascript:canary5'>bấm</urllink><doclink document='CANARY6' description='canary7'/></par>`,
    );
    expect(html).not.toMatch(/canary/iu);
    expect(html).toContain('chữ');
    expect(html).toContain('bấm');
    expect(Object.fromEntries(unread)).toEqual({ html: 1, button: 1, doclink: 1 });
  });

  it('[RT3] counts and marks what it cannot show', () => {
    const unknown = Buffer.from([193, 0xff, 8, 0, 1, 2, 3, 4]);
    const bytes = Buffer.concat([
      record.paragraph(),
      record.text('trước', 0),
      unknown,
      record.text('sau', 0),
      record.bitmap(),
    ]);
    const { html, unread } = htmlOfCompositeData(bytes, null);
    expect(html).toBe('<p>trước<span class="unread object"></span>sau<span class="unread image"></span></p>');
    expect(Object.fromEntries(unread)).toEqual({ object: 1, image: 1 });
  });

  it('[RT1] is safe whatever people type', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=a>',
        "' onmouseover='a",
        '&lt;b&gt;',
        ']]>',
        '</p></td>',
      ),
    );
    const escaped = hostile.map((text) =>
      text.toWellFormed().replaceAll(/[\p{Cc}<&>'\uFFFE\uFFFF]/gu, (sign) => ESCAPES[sign] ?? ''),
    );
    fc.assert(
      fc.property(escaped, escaped, escaped, (a, b, c) => {
        const { html } = htmlOf(
          `<pardef id='1'/><par def='1'>${a}<urllink href='${b}'>${c}</urllink><attachmentref name='${a}' displayname='${b}'/></par>` +
            `<section><sectiontitle><text>${c}</text></sectiontitle></section>`,
        );
        expect(unsafeParts(html)).toEqual([]);
      }),
    );
  });

  it('[TX1] reads ABC fonts by the font table, and by the words where there is none', () => {
    const said = 'Céng hoµ x· héi';
    const bytes = (face: number) => {
      const run = record.text(said, 0);
      run.writeUInt8(face, 4);
      return Buffer.concat([record.paragraph(), run]);
    };
    expect(htmlOfCompositeData(bytes(1), null).html).toBe('<p>Cộng hoà xã hội</p>');
    expect(htmlOfCompositeData(bytes(5), null).wantsFonts).toBe(true);
    const fonts = readFontTable(fontTable(['.VnTime', '.VnTimeH', 'VNI-Times', 'Arial']));
    expect(htmlOfCompositeData(bytes(5), fonts).html).toBe('<p>Cộng hoà xã hội</p>');
    expect(htmlOfCompositeData(bytes(6), fonts).html).toBe('<p>CỘNG HOÀ XÃ HỘI</p>');
    expect(htmlOfCompositeData(bytes(7), fonts).html).toBe('<p><span class="unread font"></span></p>');
    expect(htmlOfCompositeData(bytes(8), fonts).html).toBe(`<p>${said}</p>`);
  });

  it('[TX1] reads the font table of a real note', () => {
    const xml = readFileSync(join(CORPUS, 'domino-jnx/testJsonSerialization/dollarfonts.xml'), 'utf8');
    const base64 = /<item name='\$Fonts'[^>]*>\s*<rawitemdata type='1'>([^<]*)</u.exec(xml)?.[1] ?? '';
    expect([...readFontTable(Buffer.from(base64, 'base64'))]).toEqual([[5, 'unicode']]);
    expect(readFontTable(Buffer.from('no table')).size).toBe(0);
    expect(fontEncoding('.VnArialH')).toBe('tcvn3-capitals');
  });
});

describe('HTML of a server', () => {
  it('[RT2] keeps words and shape, and nothing that runs or calls home', () => {
    const kept =
      '<p>Chào <b>các</b> <a href="https://example.vn" rel="noopener noreferrer">đồng chí</a></p><table><tbody><tr><td colspan="2">ô</td></tr></tbody></table>';
    expect(safeHtml(kept)).toBe(kept);
    const hostile =
      '<p onclick="a()" style="background:url(https://x)">a<script>canary</script><style>canary{}</style><!-- canary --></p>' +
      '<img src="https://canary/x.png"><img src="data:image/svg+xml;base64,AA"><a href="javascript:canary">b</a><iframe src="canary"></iframe><form action="canary"><input value="canary">c</form>';
    const safe = safeHtml(hostile);
    expect(safe).not.toMatch(/canary|onclick|style|svg/u);
    expect(safe.replaceAll(/<[^>]*>/gu, '')).toBe('abc');
  });
});

/** Bytes inside of records; none where the bytes are no records. Any other error is a failure. */
function lengthOfRecords(bytes: Uint8Array): number {
  try {
    return [...cdRecords(Buffer.from(bytes))].reduce((sum, { body }) => sum + body.length, 0);
  } catch (error) {
    if (error instanceof CompositeDataError) return 0;
    throw error;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;', '>': '&gt;', "'": '&apos;' };

const TAGS = [
  'p',
  'li',
  'ul',
  'ol',
  'h4',
  'hr',
  'br',
  'b',
  'i',
  'u',
  's',
  'sup',
  'sub',
  'a',
  'span',
  'img',
  'table',
  'tbody',
  'tr',
  'td',
];
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  class: /^(?:right|center|justify|attachment|unread [a-z]+)$/u,
  href: /^(?:https?:\/\/|mailto:)/iu,
  rel: /^noopener noreferrer$/u,
  alt: /^$/u,
  src: /^data:image\/(?:gif|jpeg|png);base64,/u,
  rowspan: /^\d+$/u,
  colspan: /^\d+$/u,
};

/** Through a parser: what is not among the few elements and attributes that a page is made of. */
function unsafeParts(html: string): readonly string[] {
  const met: string[] = [];
  sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    onOpenTag: (name, attributes) => {
      if (!TAGS.includes(name)) met.push(name);
      for (const [attribute, value] of Object.entries(attributes))
        if (ATTRIBUTES[attribute]?.test(value) !== true) met.push(`${name} ${attribute}="${value}"`);
    },
  });
  return met;
}

/** A `$Fonts` item of these faces, numbered from five. */
function fontTable(names: readonly string[]): Buffer {
  const faces = names.map((name, at) => {
    const face = Buffer.alloc(34);
    face.writeUInt8(5 + at, 0);
    face.write(name, 2, 'latin1');
    return face;
  });
  const head = Buffer.from([139, 0xff, 0, 0, names.length, 0]);
  const table = Buffer.concat([head, ...faces]);
  table.writeUInt16LE(table.length, 2);
  return table;
}
