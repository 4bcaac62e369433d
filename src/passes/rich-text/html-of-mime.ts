import PostalMime, { type Attachment } from 'postal-mime';
import { escapeHtml } from './html-writer.ts';

/** Notes nests alternatives, related parts and attachments: three deep. */
const LIMITS = { attachmentEncoding: 'base64', maxNestingDepth: 50, maxRfc822NestingDepth: 0 } as const;

/**
 * A MIME entity as Domino's REST API gives it for rich text → its HTML, pictures that it refers to put in; its plain text where it has no HTML; not yet safe.
 * A server that cannot make MIME of a text sends HTML instead. Null: neither.
 */
export async function htmlOfMime(bytes: Buffer): Promise<string | null> {
  const start = bytes.subarray(0, 4096).toString('latin1').trimStart();
  if (start.startsWith('<')) return bytes.toString('utf8');
  if (!/^[\w-]+:/u.test(start)) return null;
  const { html, text, attachments } = await parsed(bytes);
  if (html !== undefined) return withPictures(html, attachments);
  return text === undefined ? null : `<p>${escapeHtml(text.trimEnd()).replaceAll(/\r?\n/gu, '<br>')}</p>`;
}

async function parsed(
  bytes: Buffer,
): Promise<Pick<Awaited<ReturnType<typeof PostalMime.parse>>, 'html' | 'text' | 'attachments'>> {
  try {
    return await PostalMime.parse(bytes, LIMITS);
  } catch {
    // Nested beyond the limits: what is so made is not from Notes.
    return { html: undefined, text: undefined, attachments: [] };
  }
}

/** `cid:` addresses as the bytes that they stand for. */
function withPictures(html: string, attachments: readonly Attachment[]): string {
  const known = new Map(
    attachments.flatMap(({ contentId, mimeType, content }) =>
      contentId === undefined || typeof content !== 'string'
        ? []
        : [[bare(contentId), `data:${mimeType};base64,${content}`]],
    ),
  );
  return html.replaceAll(/\bcid:([^"'\s>)]+)/giu, (whole, id: string) => known.get(bare(id)) ?? whole);
}

const bare = (id: string): string => {
  try {
    return decodeURIComponent(id).replaceAll(/^<|>$/gu, '');
  } catch {
    return id.replaceAll(/^<|>$/gu, '');
  }
};
