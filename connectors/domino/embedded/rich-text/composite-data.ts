import { SaxesParser } from 'saxes';
import * as record from './cd-record.ts';
import { encodeLmbcs } from './encode-lmbcs.ts';

/** FONTID's attribute bits by the words of DXL's font style. */
const STYLES: Readonly<Record<string, number>> = {
  bold: 0x01,
  italic: 0x02,
  underline: 0x04,
  strikethrough: 0x08,
  superscript: 0x10,
  subscript: 0x20,
};
const NUMBERED = /^(?:number|alpha|roman)/u;
/** Text in these is a program's or a file's, not a reader's. */
const SILENT = new Set([
  'code',
  'formula',
  'lotusscript',
  'javascript',
  'javaproject',
  'compositedata',
  'filedata',
  'notesbitmap',
  'cgm',
  'caption',
  'fallback',
  'parstyle',
]);
const LINKS = new Set(['doclink', 'viewlink', 'databaselink']);

/**
 * Rich text in DXL as the composite data records that a server would send: paragraphs with alignment, lists and hide-when, runs, tables, sections, links,
 * attachment icons, pictures. What has no record here (layers, applets, embedded views) leaves its text, its formulas never. Throws where the DXL is not
 * well-formed.
 */
export function compositeData(dxl: Uint8Array): Uint8Array {
  const writer = new CompositeWriter();
  const parser = new SaxesParser({ fragment: true, xmlns: false as const });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => writer.open(name, attributes));
  parser.on('closetag', ({ name }) => writer.close(name));
  parser.on('text', (content) => writer.text(content));
  parser.on('cdata', (content) => writer.text(content));
  parser.write(new TextDecoder().decode(dxl)).close();
  return writer.end();
}

class CompositeWriter {
  readonly #records: Buffer[] = [];
  readonly #pabIds = new Map<string, number>();
  readonly #tables: { row: number; column: number }[] = [];
  readonly #runs: { attributes: number; html: boolean }[] = [];
  #pab: { id: number; justify: number; flags: number; formula: boolean } | null = null;
  #lastPab = 0;
  #silent = 0;
  #text = '';
  /** Base64 of the picture, or words of the section's title, that are being gathered. */
  #gathered: { readonly element: string; text: string } | null = null;

  open(name: string, given: Readonly<Record<string, string>>): void {
    if (SILENT.has(name)) {
      this.#flush();
      this.#silent += 1;
      if (name === 'code' && this.#pab && given['event'] === 'hidewhen') this.#pab.formula = true;
    }
    switch (name) {
      case 'pardef':
        this.#pab = {
          id: this.#idOf(given['id'] ?? ''),
          justify: record.JUSTIFY[given['align'] ?? 'left'] ?? 0,
          flags: flagsOf(given),
          formula: false,
        };
        break;
      case 'par':
        this.#flush();
        if (given['def'] !== undefined) this.#lastPab = this.#idOf(given['def']);
        this.#records.push(record.paragraph(), record.pabReference(this.#lastPab));
        break;
      case 'run':
        this.#flush();
        this.#runs.push({ attributes: this.#runs.at(-1)?.attributes ?? 0, html: given['html'] === 'true' });
        if (given['html'] === 'true') this.#records.push(record.html(true));
        break;
      case 'font':
        this.#font(given['style'] ?? '');
        break;
      case 'break':
        this.#text += '\n';
        break;
      case 'table':
        this.#flush();
        this.#records.push(record.tableBegin(this.#tables.length > 0));
        this.#tables.push({ row: -1, column: 0 });
        break;
      case 'tablerow': {
        const table = this.#tables.at(-1);
        if (table) Object.assign(table, { row: table.row + 1, column: 0 });
        break;
      }
      case 'tablecell':
        this.#cell(given);
        break;
      case 'section':
        this.#push(record.hotspotBegin(record.HOTSPOT.section, Buffer.alloc(0), false));
        break;
      case 'sectiontitle':
      case 'gif':
      case 'jpeg':
      case 'png':
        this.#flush();
        this.#gathered = { element: name, text: '' };
        break;
      case 'urllink':
        this.#push(record.hotspotBegin(record.HOTSPOT.link, encodeLmbcs(given['href'] ?? ''), true));
        break;
      case 'attachmentref': {
        const file = given['name'] ?? '';
        const names = encodeLmbcs(`${file}\n${given['displayname'] ?? file}\n`);
        this.#push(record.hotspotBegin(record.HOTSPOT.file, names, false));
        break;
      }
      case 'popup':
        this.#push(record.hotspotBegin(record.HOTSPOT.popup, Buffer.alloc(0), false));
        break;
      case 'button':
        this.#push(record.button());
        this.#silent += 1;
        break;
      case 'horizrule':
        this.#push(record.horizontalRule());
        break;
      case 'notesbitmap':
      case 'cgm':
      case 'imageref':
        this.#push(record.bitmap());
        break;
      default:
        if (LINKS.has(name)) this.#push(record.docLink());
    }
  }

  close(name: string): void {
    if (SILENT.has(name)) this.#silent -= 1;
    switch (name) {
      case 'pardef':
        this.#endPab();
        break;
      case 'par':
        this.#flush();
        break;
      case 'run': {
        this.#flush();
        if (this.#runs.pop()?.html === true) this.#records.push(record.html(false));
        break;
      }
      case 'table':
        this.#flush();
        this.#tables.pop();
        this.#records.push(record.tableEnd(this.#tables.length > 0));
        break;
      case 'sectiontitle':
        this.#push(record.bar(this.#gathered?.text.trim() ?? ''));
        this.#gathered = null;
        break;
      case 'gif':
      case 'jpeg':
      case 'png':
        this.#push(
          record.image(record.IMAGE_TYPES[name] ?? 0, Buffer.from(this.#gathered?.text ?? '', 'base64')),
        );
        this.#gathered = null;
        break;
      case 'section':
      case 'urllink':
      case 'attachmentref':
      case 'popup':
        this.#push(record.hotspotEnd());
        break;
      case 'button':
        this.#silent -= 1;
        break;
    }
  }

  /** A line end inside of text is the exporter's wrapping; Notes' own are `break`. */
  text(content: string): void {
    if (this.#silent > 0) return;
    const unwrapped = content.replaceAll(/[\r\n]+/gu, '');
    if (this.#gathered) this.#gathered.text += unwrapped;
    else this.#text += unwrapped;
  }

  end(): Uint8Array {
    this.#flush();
    return Buffer.concat(this.#records);
  }

  #push(bytes: Buffer): void {
    this.#flush();
    this.#records.push(bytes);
  }

  #flush(): void {
    if (this.#text !== '') this.#records.push(record.text(this.#text, this.#runs.at(-1)?.attributes ?? 0));
    this.#text = '';
  }

  #font(style: string): void {
    const run = this.#runs.at(-1);
    if (run) run.attributes = style.split(/\s+/u).reduce((bits, word) => bits | (STYLES[word] ?? 0), 0);
  }

  #cell(given: Readonly<Record<string, string>>): void {
    const table = this.#tables.at(-1);
    this.#flush();
    if (!table) return;
    const spans = [count(given['rowspan']), count(given['columnspan'])] as const;
    this.#records.push(
      record.tableCell(this.#tables.length > 1, Math.max(table.row, 0), table.column, spans),
    );
    table.column += 1;
  }

  #endPab(): void {
    const pab = this.#pab;
    this.#pab = null;
    if (!pab) return;
    const flags = pab.formula ? pab.flags | record.PAB.hideIf : pab.flags;
    this.#push(record.pabDefinition({ ...pab, flags }));
    if (pab.formula) this.#records.push(record.pabHide(pab.id));
  }

  #idOf(id: string): number {
    const known = this.#pabIds.get(id) ?? this.#pabIds.size + 1;
    this.#pabIds.set(id, known);
    return known;
  }
}

function flagsOf(given: Readonly<Record<string, string>>): number {
  const { list, hide } = given;
  const listed = list === undefined ? 0 : NUMBERED.test(list) ? record.PAB.numbered : record.PAB.bullet;
  return listed | (/\bread\b/u.test(hide ?? '') ? record.PAB.hideFromReaders : 0);
}

function count(span: string | undefined): number {
  const spans = Number(span ?? '1');
  return Number.isInteger(spans) && spans >= 1 && spans < 256 ? spans : 1;
}
