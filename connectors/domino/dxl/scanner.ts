import { SaxesParser } from 'saxes';
import { DxlError } from './dxl-error.ts';
import type { DxlLimits } from './dxl-limits.ts';
import { TreeBuilder } from './tree-builder.ts';
import { isBlank, type XmlElement } from './xml-tree.ts';

type Attributes = Readonly<Record<string, string>>;

/** What becomes of an element on the way down. `enter`: its children are asked about too; `take`: it comes whole; `skip`: nothing of it comes. */
export type Verdict = 'enter' | 'take' | 'skip';

export interface ScanTarget {
  /** `depth` is 0 for the root. May return what is wrong with the file. */
  open(name: string, attributes: Attributes, depth: number): Verdict | { readonly error: string };
  /** An element for which `open` said `take`. May return what is wrong with the file. */
  take(element: XmlElement): string | null;
  /** An entered element is complete. */
  close(depth: number): void;
}

/**
 * Well-formed XML, element by element, within limits. No DTD is ever read: an internal subset is refused and only XML's own five entities exist.
 * Every defect is a {@link DxlError} with line and column; nothing may be written after it.
 */
export class Scanner {
  readonly #target: ScanTarget;
  readonly #limits: DxlLimits;
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #open: string[] = [];
  /** Open elements above this depth belong to something skipped. */
  #skipFrom: number | null = null;
  #tree: TreeBuilder | null = null;
  /** Characters given so far; the parser's own position is right only while it reports something. */
  #written = 0;
  #lastEvent = 0;
  #unitStart = 0;

  constructor(target: ScanTarget, limits: DxlLimits) {
    this.#target = target;
    this.#limits = limits;
    this.#parser.on('error', (error) => this.#fail(error.message.replace(/^\d+:\d+: /, '')));
    this.#parser.on('doctype', (text) => this.#doctype(text));
    this.#parser.on('opentag', (tag) => this.#opened(tag.name, tag.attributes));
    this.#parser.on('closetag', () => this.#closed());
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
    this.#parser.on('comment', () => this.#event());
    this.#parser.on('processinginstruction', () => this.#event());
  }

  write(text: string): void {
    this.#parser.write(text);
    this.#written += text.length;
    this.#checkSizes(this.#written);
  }

  end(): void {
    const open = this.#open.at(-1);
    if (open !== undefined) this.#fail(`the file ends inside <${open}>; it is cut off`);
    this.#parser.close();
  }

  #fail(message: string): never {
    throw new DxlError(message, this.#parser.line, this.#parser.column + 1);
  }

  #event(): void {
    const { position } = this.#parser;
    this.#checkSizes(position);
    this.#lastEvent = position;
  }

  /** The parser gathers a text until it ends, so its size shows as the distance from the last event. */
  #checkSizes(position: number): void {
    const { maxTextLength, maxDocumentLength } = this.#limits;
    if (position - this.#lastEvent > maxTextLength)
      this.#fail(`a text is longer than ${maxTextLength} characters`);
    if (this.#open.length > 1 && position - this.#unitStart > maxDocumentLength) {
      this.#fail(`a document is longer than ${maxDocumentLength} characters`);
    }
  }

  #doctype(text: string): void {
    this.#event();
    if (text.replaceAll(/'[^']*'|"[^"]*"/g, '').includes('[')) {
      this.#fail('the DOCTYPE has an internal subset; DXL has none, so the file is refused');
    }
  }

  #opened(name: string, attributes: Attributes): void {
    this.#event();
    const depth = this.#open.length;
    this.#open.push(name);
    if (depth >= this.#limits.maxDepth)
      this.#fail(`elements are nested deeper than ${this.#limits.maxDepth}`);
    if (depth <= 1) this.#unitStart = this.#parser.position;
    if (this.#skipFrom !== null) return;
    if (this.#tree) {
      this.#tree.open(name, attributes);
      return;
    }
    const verdict = this.#target.open(name, attributes, depth);
    if (typeof verdict === 'object') this.#fail(verdict.error);
    if (verdict === 'skip') this.#skipFrom = depth;
    if (verdict === 'take') this.#tree = new TreeBuilder(name, attributes);
  }

  #closed(): void {
    this.#event();
    this.#open.pop();
    const depth = this.#open.length;
    if (this.#skipFrom !== null) {
      if (this.#skipFrom === depth) this.#skipFrom = null;
      return;
    }
    if (!this.#tree) {
      this.#target.close(depth);
      return;
    }
    const whole = this.#tree.close();
    if (!whole) return;
    this.#tree = null;
    const problem = this.#target.take(whole);
    if (problem !== null) this.#fail(problem);
  }

  #text(text: string): void {
    this.#event();
    if (this.#tree) this.#tree.text(text);
    else if (this.#skipFrom === null && !isBlank(text)) {
      this.#fail(`<${this.#open.at(-1) ?? ''}> holds text where DXL allows elements only`);
    }
  }
}
