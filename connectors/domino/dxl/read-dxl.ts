import { decodeText } from './decode-text.ts';
import { defaultLimits, type DxlLimits } from './dxl-limits.ts';
import { addCounts, countNote, type DxlEvent, type DxlHeader, noCounts } from './dxl-note.ts';
import { NoteReader } from './read-note.ts';
import { type ScanTarget, Scanner, type Verdict } from './scanner.ts';
import type { XmlElement } from './xml-tree.ts';

const DXL_NAMESPACE = 'http://www.lotus.com/dxl';

export interface ReadOptions {
  readonly limits?: Partial<DxlLimits>;
}

/**
 * The data notes of one DXL file, as it streams in; at most one note and what the last chunk held are in memory. Design notes are skipped and counted.
 *
 * Throws `DxlError` with line and column for text that is not well-formed DXL or is cut off, so notes may have come before the error.
 */
export async function* readDxl(
  stream: AsyncIterable<Uint8Array>,
  { limits }: ReadOptions = {},
): AsyncGenerator<DxlEvent> {
  const collector = new Collector({ ...defaultLimits, ...limits });
  const scanner = new Scanner(collector, { ...defaultLimits, ...limits });
  for await (const text of decodeText(stream)) {
    scanner.write(text);
    yield* collector.drain();
  }
  scanner.end();
  yield* collector.drain();
  yield { kind: 'end', counts: collector.counts };
}

/** Tells notes from everything else in the file. */
class Collector implements ScanTarget {
  readonly #limits: DxlLimits;
  readonly #keys = new Map<string, string>();
  #events: DxlEvent[] = [];
  #note: NoteReader | null = null;
  #noteDepth = 0;
  counts = noCounts;

  constructor(limits: DxlLimits) {
    this.#limits = limits;
  }

  drain(): readonly DxlEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  open(
    name: string,
    attributes: Readonly<Record<string, string>>,
    depth: number,
  ): Verdict | { readonly error: string } {
    if (this.#note) return this.#openInNote(name);
    if (depth === 0) {
      const problem = rootProblem(name, attributes);
      if (problem !== null) return { error: problem };
      this.#events.push({ kind: 'header', header: headerOf(name, attributes) });
      if (name === 'database') return 'enter';
    }
    if (isDataNote(name, attributes)) {
      this.#note = new NoteReader(name, attributes, depth === 0, this.#keys);
      this.#noteDepth = depth;
      return 'enter';
    }
    if (!aboutDatabase.has(name)) {
      this.counts = addCounts(this.counts, { ...noCounts, designNotesSkipped: 1 });
    }
    return 'skip';
  }

  take(element: XmlElement): string | null {
    return this.#note?.add(element) ?? null;
  }

  close(depth: number): void {
    if (!this.#note || depth !== this.#noteDepth) return;
    const note = this.#note.finish();
    if (this.#note.key !== null && note.unid !== null) this.#keys.set(this.#note.key, note.unid);
    this.#note = null;
    this.counts = addCounts(this.counts, countNote(note));
    this.#events.push({ kind: 'note', note });
  }

  #openInNote(name: string): Verdict | { readonly error: string } {
    const max = this.#limits.maxItemsPerDocument;
    const full = name === 'item' && (this.#note?.itemCount ?? 0) >= max;
    return full ? { error: `a document has more than ${max} items` } : 'take';
  }
}

const aboutDatabase = new Set(['databaseinfo', 'acl', 'fulltextsettings', 'launchsettings']);

function isDataNote(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name === 'note') return attributes.class === 'document';
  return name === 'document' || name === 'profiledocument';
}

function rootProblem(name: string, attributes: Readonly<Record<string, string>>): string | null {
  const isDxl = attributes.xmlns === DXL_NAMESPACE;
  if (isDxl || (attributes.xmlns === undefined && (name === 'database' || isDataNote(name, attributes)))) {
    return null;
  }
  return `<${name}> is no DXL; the root must be database, document, note or profiledocument in ${DXL_NAMESPACE}`;
}

function headerOf(root: string, attributes: Readonly<Record<string, string>>): DxlHeader {
  return {
    root,
    version: attributes.version ?? null,
    replicaId: attributes.replicaid?.toUpperCase() ?? null,
    path: attributes.path ?? null,
    title: attributes.title ?? null,
  };
}
