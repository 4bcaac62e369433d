import * as z from 'zod';
import { richTextItem } from '../../engine/item-builders.ts';
import type { StoredItem } from '../../stored-note.ts';
import { RestError } from '../rest-error.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import { mimeItem, readMime } from './mime-entity.ts';

const richText = z.looseObject({
  type: z.string().default('text/html'),
  encoding: z.enum(['PLAIN', 'BASE64']).default('PLAIN'),
  content: z.string(),
});

/**
 * The item that a rich text value becomes: MIME, so that a Notes client's formatting is gone; composite data as it is. Null for what is no rich text.
 * Throws 500 for an empty object, where the server is known to fail.
 */
export function decodeRichText(name: string, json: unknown, quirks: RestQuirks): StoredItem | null {
  const parsed = richText.safeParse(json);
  if (!parsed.success || parsed.data.content === '') {
    const isEmpty = typeof json === 'object' && json !== null && !('content' in json && json.content !== '');
    if (isEmpty && quirks.emptyRichTextWrite === 'fails') {
      throw new RestError(500, 'java.lang.NullPointerException', 0, name);
    }
    return isEmpty ? mimeItem(name, { type: 'text/html', text: '' }) : null;
  }
  const { type, encoding, content } = parsed.data;
  const bytes = encoding === 'BASE64' ? Buffer.from(content, 'base64') : Buffer.from(content);
  if (type === 'application/vnd.hcl.compositedata') return richTextItem(name, bytes);
  if (type.startsWith('multipart/')) return mimeItem(name, readMime(bytes));
  return mimeItem(name, { type, text: bytes.toString('utf8') });
}
