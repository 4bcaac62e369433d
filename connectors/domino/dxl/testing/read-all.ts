import type { StoredItem } from '../../embedded/stored-note.ts';
import type { DxlCounts, DxlHeader, DxlNote } from '../dxl-note.ts';
import { type ReadOptions, readDxl } from '../read-dxl.ts';

/** A stream of the content in chunks of `size` bytes. */
export async function* chunks(content: string | Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export interface Contents {
  readonly header: DxlHeader | null;
  readonly notes: readonly DxlNote[];
  readonly counts: DxlCounts | null;
}

export async function readAll(
  stream: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): Promise<Contents> {
  let header: DxlHeader | null = null;
  let counts: DxlCounts | null = null;
  const notes: DxlNote[] = [];
  for await (const event of readDxl(stream, options)) {
    if (event.kind === 'header') header = event.header;
    else if (event.kind === 'note') notes.push(event.note);
    else counts = event.counts;
  }
  return { header, notes, counts };
}

/** A database file around the given notes. */
export function database(inner: string): string {
  return `<?xml version='1.0' encoding='utf-8'?>\n<database xmlns='http://www.lotus.com/dxl' version='14.0'>${inner}</database>`;
}

export async function text(pieces: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
}

/** What a raw or rich text item holds, as text. */
export function bytesOf(item: StoredItem | undefined): string {
  const value = item?.value;
  const bytes = value?.type === 'raw' || value?.type === 'richtext' ? value.bytes : new Uint8Array();
  return new TextDecoder().decode(bytes);
}
