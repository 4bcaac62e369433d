import type { ParagraphFormat } from './paragraph-format.ts';
import { PLAIN } from './paragraph-format.ts';

/** Attributes of a run of text; bits of a FONTID's second byte. */
export interface RunStyle {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strikeout: boolean;
  readonly superscript: boolean;
  readonly subscript: boolean;
}

const TAGS: readonly (readonly [keyof RunStyle, string])[] = [
  ['bold', 'b'],
  ['italic', 'i'],
  ['underline', 'u'],
  ['strikeout', 's'],
  ['superscript', 'sup'],
  ['subscript', 'sub'],
];

/** What stands for a part that stays in Notes; the words are in the class, so that a page can say it in the reader's language. */
export type UnreadKind =
  | 'hidden'
  | 'button'
  | 'doclink'
  | 'image'
  | 'html'
  | 'object'
  | 'unreadable'
  | 'font';

/**
 * Writes HTML of a fixed few elements, everything else escaped: it is safe by construction. Paragraphs of a list are gathered; whatever is open is closed
 * before a block ends.
 */
export class HtmlWriter {
  #html = '';
  #paragraph: 'p' | 'li' | null = null;
  #list: 'ul' | 'ol' | null = null;
  #link = false;
  /** Open tables, each with what is open inside of it. */
  readonly #tables: { row: number | null; cell: boolean }[] = [];
  readonly #unread = new Map<UnreadKind, number>();

  /** Parts that the page does not show, by kind. */
  get unread(): ReadonlyMap<UnreadKind, number> {
    return this.#unread;
  }

  startParagraph(format: ParagraphFormat): void {
    this.endParagraph();
    const list = format.list === null ? null : format.list === 'bullet' ? 'ul' : 'ol';
    if (list !== this.#list) {
      this.#endList();
      if (list !== null) this.#html += `<${list}>`;
      this.#list = list;
    }
    this.#paragraph = list === null ? 'p' : 'li';
    this.#html += `<${this.#paragraph}${format.align === 'left' ? '' : ` class="${format.align}"`}>`;
  }

  endParagraph(): void {
    if (this.#paragraph === null) return;
    this.endLink();
    this.#html += `</${this.#paragraph}>`;
    this.#paragraph = null;
  }

  text(text: string, style: RunStyle): void {
    if (text === '') return;
    if (this.#paragraph === null) this.startParagraph(PLAIN);
    const tags = TAGS.filter(([name]) => style[name]).map(([, tag]) => tag);
    const inner = escapeHtml(text).replaceAll('\n', '<br>');
    this.#html += `${tags.map((tag) => `<${tag}>`).join('')}${inner}${[...tags]
      .reverse()
      .map((tag) => `</${tag}>`)
      .join('')}`;
  }

  startLink(url: string): void {
    if (this.#paragraph === null) this.startParagraph(PLAIN);
    this.endLink();
    this.#html += `<a href="${escapeHtml(url)}" rel="noopener noreferrer">`;
    this.#link = true;
  }

  endLink(): void {
    if (this.#link) this.#html += '</a>';
    this.#link = false;
  }

  /** The title of a section. */
  heading(text: string): void {
    this.endParagraph();
    this.#endList();
    this.#html += `<h4>${escapeHtml(text)}</h4>`;
  }

  rule(): void {
    this.endParagraph();
    this.#endList();
    this.#html += '<hr>';
  }

  attachment(name: string): void {
    if (this.#paragraph === null) this.startParagraph(PLAIN);
    this.#html += `<span class="attachment">${escapeHtml(name)}</span>`;
  }

  image(type: string, bytes: Buffer): void {
    if (this.#paragraph === null) this.startParagraph(PLAIN);
    this.#html += `<img alt="" src="data:${type};base64,${bytes.toString('base64')}">`;
  }

  /** Something is here that the page does not show. Kept in Notes, counted, and told as such. */
  unreadPart(kind: UnreadKind): void {
    this.#unread.set(kind, (this.#unread.get(kind) ?? 0) + 1);
    if (this.#paragraph === null) this.startParagraph(PLAIN);
    this.#html += `<span class="unread ${kind}"></span>`;
  }

  startTable(): void {
    this.endParagraph();
    this.#endList();
    this.#tables.push({ row: null, cell: false });
    this.#html += '<table><tbody>';
  }

  startCell(row: number, rowSpan: number, columnSpan: number): void {
    const table = this.#tables.at(-1);
    if (!table) return;
    this.#endCell(table);
    if (table.row !== row) {
      if (table.row !== null) this.#html += '</tr>';
      this.#html += '<tr>';
      table.row = row;
    }
    this.#html += `<td${span('rowspan', rowSpan)}${span('colspan', columnSpan)}>`;
    table.cell = true;
  }

  endTable(): void {
    const table = this.#tables.pop();
    if (!table) return;
    this.#endCell(table);
    this.#html += `${table.row === null ? '' : '</tr>'}</tbody></table>`;
  }

  /** The whole page; nothing may be written after it. */
  end(): string {
    while (this.#tables.length > 0) this.endTable();
    this.endParagraph();
    this.#endList();
    return this.#html;
  }

  #endCell(table: { cell: boolean }): void {
    this.endParagraph();
    this.#endList();
    if (table.cell) this.#html += '</td>';
    table.cell = false;
  }

  #endList(): void {
    if (this.#list !== null) this.#html += `</${this.#list}>`;
    this.#list = null;
  }
}

function span(name: string, count: number): string {
  return count > 1 ? ` ${name}="${count}"` : '';
}

/** Text as HTML; signs that HTML has no place for are left out. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
