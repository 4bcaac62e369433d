import { createHash } from 'node:crypto';
import type { NotesDatabase } from '../../../connectors/domino/port.ts';
import type { Unid } from '../../sync/note.ts';
import { BlobTooLargeError } from '../blob-spool.ts';
import { CompositeDataError } from './cd-records.ts';
import { readFontTable } from './font-table.ts';
import { escapeHtml } from './html-writer.ts';
import { htmlOfMime } from './html-of-mime.ts';
import { htmlOfCompositeData } from './html-of-composite-data.ts';
import { safeHtml } from './safe-html.ts';

/** What one rich text may weigh before it is read, bytes. Attachments are not part of it. */
const MOST_BYTES = 64 * 1024 * 1024;
const FONTS = '$Fonts';

/**
 * [RT1] A rich text item as the page that readers of the note see: safe HTML, in UTF-8; nothing for a note without the item. Made inside the zone, so that
 * what Notes hides, runs or links to never leaves it. Bytes that are no rich text become a page that says so and carries their digest. Throws
 * {@link BlobTooLargeError} and what the database throws.
 */
export async function* richTextPage(
  database: NotesDatabase,
  unid: Unid,
  itemName: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const bytes = await collect(database.readRichText(unid, itemName, { signal }));
  if (bytes.length === 0) return;
  switch (database.capabilities.richTextFormat) {
    case 'html':
      yield Buffer.from(safeHtml(bytes.toString('utf8')));
      break;
    case 'plain':
      yield Buffer.from(`<p>${escapeHtml(bytes.toString('utf8')).replaceAll(/\r?\n/gu, '<br>')}</p>`);
      break;
    case 'mime': {
      const html = await htmlOfMime(bytes);
      yield Buffer.from(html === null ? unreadable(bytes) : safeHtml(html));
      break;
    }
    case 'composite-data':
    case undefined:
      yield Buffer.from(await htmlOf(bytes, database, unid, signal));
  }
}

async function htmlOf(
  bytes: Buffer,
  database: NotesDatabase,
  unid: Unid,
  signal: AbortSignal,
): Promise<string> {
  try {
    const page = htmlOfCompositeData(bytes, null);
    if (!page.wantsFonts) return page.html;
    const fonts = await collect(database.readRichText(unid, FONTS, { signal }));
    return htmlOfCompositeData(bytes, readFontTable(fonts)).html;
  } catch (error) {
    if (!(error instanceof CompositeDataError)) throw error;
    return unreadable(bytes);
  }
}

/** Another digest for other bytes, so that a change of what cannot be read is still a change. */
function unreadable(bytes: Buffer): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return `<p><span class="unread unreadable" data-sha256="${digest}"></span></p>`;
}

async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new BlobTooLargeError(`a rich text is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
