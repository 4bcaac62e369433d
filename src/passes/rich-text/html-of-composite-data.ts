import { isSurelyUnicode, textEvidence } from '../../sync/legacy-text.ts';
import { decodeTcvn3 } from '../../sync/tcvn3.ts';
import { cdRecords, type CdRecord } from './cd-records.ts';
import { CD, SILENT } from './cd-signatures.ts';
import type { FontEncoding, FontTable } from './font-table.ts';
import { readHotspot } from './hotspot.ts';
import { HtmlWriter, type RunStyle, type UnreadKind } from './html-writer.ts';
import { decodeLmbcs } from './lmbcs.ts';
import { type ParagraphFormat, paragraphFormat, PLAIN } from './paragraph-format.ts';

export interface RichTextPage {
  /** A fragment of safe HTML. */
  readonly html: string;
  /** Parts that stay in Notes, by kind. */
  readonly unread: ReadonlyMap<UnreadKind, number>;
  /** Text that its font alone explains; with the font table the page can be read again. */
  readonly wantsFonts: boolean;
}

const IMAGE_TYPES: Readonly<Record<number, string>> = { 1: 'image/gif', 2: 'image/jpeg', 4: 'image/png' };
/** What one picture may weigh inside a page, bytes. */
const MOST_IMAGE_BYTES = 2 * 1024 * 1024;
const IMAGE_SEGMENT_HEADER = 4;
/** CDTABLECELL_INVISIBLEH and V: covered by a cell that spans several. */
const COVERED = 0x04 | 0x08;
const BAR_HEADER = 8;
const BAR_HAS_COLOR = 0x4;
const FONT_ID_BYTES = 4;
const NOTES_OWN_FACES = 5;

/**
 * Rich text as Notes stores it → the HTML that a reader of the document would see. Paragraphs that Notes hides, or hides by a formula, are not shown:
 * nobody can tell here who may see them. Throws a `CompositeDataError` where the bytes are no rich text.
 */
export function htmlOfCompositeData(bytes: Buffer, fonts: FontTable | null): RichTextPage {
  const page = new CompositePage(fonts, isLegacy(bytes));
  for (const record of cdRecords(bytes)) page.add(record);
  return page.end();
}

/** Told from all text of the item, for text whose font nobody knows. */
function isLegacy(bytes: Buffer): boolean {
  let text = '';
  for (const { signature, body } of cdRecords(bytes))
    if (signature === CD.text) text += decodeLmbcs(body.subarray(FONT_ID_BYTES));
    else if (signature === CD.paragraph) text += '\n';
  return !isSurelyUnicode(text) && text.split('\n').some((line) => textEvidence(line) === 'tcvn3');
}

class CompositePage {
  readonly #writer = new HtmlWriter();
  readonly #fonts: FontTable | null;
  readonly #legacy: boolean;
  readonly #formats = new Map<number, ParagraphFormat>();
  #format = PLAIN;
  #atStart = true;
  #first = true;
  #hiddenToldOf: ParagraphFormat | null = null;
  #wantsFonts = false;
  #html = false;
  /** Open hotspots; inside an attachment's icon nothing is shown. */
  readonly #hotspots: ('link' | 'attachment' | 'section' | 'inert')[] = [];
  #image: {
    readonly type: string | undefined;
    readonly parts: Buffer[];
    bytes: number;
    left: number;
  } | null = null;

  constructor(fonts: FontTable | null, legacy: boolean) {
    this.#fonts = fonts;
    this.#legacy = legacy;
  }

  add({ signature, body }: CdRecord): void {
    switch (signature) {
      case CD.pabDefinition: {
        const { id, format } = paragraphFormat(body);
        this.#formats.set(id, format);
        break;
      }
      case CD.paragraph:
        // A paragraph without text is an empty line; the first record of the item or of a cell only begins it.
        if (this.#atStart && !this.#first && this.#shows()) this.#writer.startParagraph(this.#format);
        this.#writer.endParagraph();
        this.#atStart = true;
        this.#first = false;
        break;
      case CD.pabReference:
        this.#format = this.#formats.get(body.length >= 2 ? body.readUInt16LE(0) : 0) ?? PLAIN;
        break;
      case CD.text:
        this.#text(body);
        break;
      case CD.bar:
        this.#bar(body);
        break;
      case CD.horizontalRule:
        if (this.#shows()) this.#writer.rule();
        break;
      case CD.hotspotBegin:
      case CD.v4HotspotBegin:
      case CD.v5HotspotBegin:
        this.#startHotspot(body);
        break;
      case CD.hotspotEnd:
      case CD.v4HotspotEnd:
      case CD.v5HotspotEnd:
        if (this.#hotspots.pop() === 'link') this.#writer.endLink();
        break;
      case CD.tableBegin:
      case CD.nestedTableBegin:
        this.#writer.startTable();
        break;
      case CD.tableCell:
      case CD.nestedTableCell:
        if (body.length >= 16 && (body.readUInt8(9) & COVERED) === 0)
          this.#writer.startCell(body.readUInt8(0), body.readUInt8(12), body.readUInt8(13));
        this.#atStart = true;
        this.#first = true;
        break;
      case CD.tableEnd:
      case CD.nestedTableEnd:
        this.#writer.endTable();
        this.#atStart = true;
        this.#first = true;
        break;
      case CD.htmlBegin:
        this.#html = true;
        this.#unread('html');
        break;
      case CD.htmlEnd:
        this.#html = false;
        break;
      case CD.imageHeader:
        this.#startImage(body);
        break;
      case CD.imageSegment:
        this.#imageSegment(body);
        break;
      case CD.link:
      case CD.linkExport:
      case CD.link2:
      case CD.linkExport2:
        this.#unread('doclink');
        break;
      case CD.bitmapHeader:
      case CD.metafileOfWindows:
      case CD.metafileOfMac:
      case CD.metafileOfPm:
      case CD.cgm:
        if (this.#shows()) this.#unread('image');
        break;
      case CD.button:
        this.#unread('button');
        break;
      default:
        if (!SILENT.has(signature)) this.#unread('object');
    }
  }

  end(): RichTextPage {
    return { html: this.#writer.end(), unread: this.#writer.unread, wantsFonts: this.#wantsFonts };
  }

  #shows(): boolean {
    return !this.#format.hidden && !this.#html && !this.#hotspots.includes('attachment');
  }

  #unread(kind: UnreadKind): void {
    if (!this.#format.hidden && !this.#hotspots.includes('attachment')) this.#writer.unreadPart(kind);
  }

  #text(body: Buffer): void {
    if (this.#format.hidden && this.#hiddenToldOf !== this.#format) {
      this.#writer.unreadPart('hidden');
      this.#hiddenToldOf = this.#format;
    }
    if (!this.#shows()) return;
    if (this.#atStart) this.#writer.startParagraph(this.#format);
    this.#atStart = false;
    const raw = decodeLmbcs(body.subarray(FONT_ID_BYTES));
    const text = this.#decoded(raw, body.length > 0 ? body.readUInt8(0) : 0);
    if (text === null) this.#writer.unreadPart('font');
    else this.#writer.text(text, styleOf(body));
  }

  /** Null where the font's encoding is not read. */
  #decoded(text: string, face: number): string | null {
    if (!/[\u00a1-\u00fe]/u.test(text) || isSurelyUnicode(text)) return text;
    const known = this.#fonts?.get(face);
    if (face >= NOTES_OWN_FACES && this.#fonts === null) this.#wantsFonts = true;
    const encoding: FontEncoding = known ?? (this.#legacy ? 'tcvn3' : 'unicode');
    switch (encoding) {
      case 'unicode':
        return text;
      case 'tcvn3':
        return decodeTcvn3(text);
      case 'tcvn3-capitals':
        return decodeTcvn3(text).toUpperCase();
      case 'vni':
        return null;
    }
  }

  #bar(body: Buffer): void {
    if (body.length < BAR_HEADER || !this.#shows()) return;
    const color = (body.readUInt32LE(0) & BAR_HAS_COLOR) === 0 ? 0 : 2;
    const [caption = ''] = decodeLmbcs(body.subarray(BAR_HEADER + color)).split('\n');
    if (caption !== '') this.#writer.heading(caption);
    this.#atStart = true;
  }

  #startHotspot(body: Buffer): void {
    const hotspot = readHotspot(body);
    if (this.#shows()) {
      if (hotspot.kind === 'link') this.#writer.startLink(hotspot.url);
      if (hotspot.kind === 'attachment') this.#writer.attachment(hotspot.name);
      if (hotspot.kind !== 'section') this.#atStart = false;
    }
    this.#hotspots.push(hotspot.kind);
  }

  #startImage(body: Buffer): void {
    const type = body.length >= 2 ? IMAGE_TYPES[body.readUInt16LE(0)] : undefined;
    const left = body.length >= 14 ? body.readUInt32LE(10) : 0;
    this.#image = { type, parts: [], bytes: 0, left };
    if (left === 0) this.#endImage();
  }

  #imageSegment(body: Buffer): void {
    const image = this.#image;
    if (image === null || body.length < IMAGE_SEGMENT_HEADER) return;
    const data = body.subarray(IMAGE_SEGMENT_HEADER, IMAGE_SEGMENT_HEADER + body.readUInt16LE(0));
    image.bytes += data.length;
    if (image.bytes <= MOST_IMAGE_BYTES) image.parts.push(data);
    image.left -= 1;
    if (image.left <= 0) this.#endImage();
  }

  #endImage(): void {
    const image = this.#image;
    this.#image = null;
    if (image === null || !this.#shows()) return;
    this.#atStart = false;
    if (image.type === undefined || image.bytes === 0 || image.bytes > MOST_IMAGE_BYTES)
      this.#unread('image');
    else this.#writer.image(image.type, Buffer.concat(image.parts));
  }
}

/** FONTIDFIELDS: face, attributes, colour, size. */
function styleOf(body: Buffer): RunStyle {
  const attributes = body.length > 1 ? body.readUInt8(1) : 0;
  const has = (bit: number) => (attributes & bit) !== 0;
  return {
    bold: has(0x01),
    italic: has(0x02),
    underline: has(0x04),
    strikeout: has(0x08),
    superscript: has(0x10),
    subscript: has(0x20),
  };
}
