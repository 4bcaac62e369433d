import type { StoredItem, StoredValue } from '../../stored-note.ts';

/** TYPE_MIME_PART of the C API, as DXL writes a raw item's type. */
const MIME_PART = '19';

export interface MimeEntity {
  /** `text/html`, … */
  readonly type: string;
  readonly text: string;
}

/** What DRAPI writes into a rich text field: a MIME part, never Notes rich text. The item keeps header and text as they are. */
export function mimeItem(name: string, { type, text }: MimeEntity): StoredItem {
  const bytes = new TextEncoder().encode(`Content-Type: ${type}; charset=UTF-8\r\n\r\n${text}`);
  return { name, value: { type: 'raw', element: 'rawitemdata', typeHex: MIME_PART, bytes }, flags: {} };
}

export function isMime(value: StoredValue): value is Extract<StoredValue, { type: 'raw' }> {
  return value.type === 'raw' && value.typeHex === MIME_PART;
}

export function readMime(bytes: Uint8Array): MimeEntity {
  const whole = new TextDecoder().decode(bytes);
  const at = whole.indexOf('\r\n\r\n');
  const type = /content-type:\s*([^;\r\n]+)/iu.exec(whole.slice(0, Math.max(at, 0)))?.[1] ?? 'text/plain';
  return { type: type.trim().toLowerCase(), text: at < 0 ? whole : whole.slice(at + 4) };
}

export function asPlain({ type, text }: MimeEntity): string {
  if (type !== 'text/html') return text;
  return text
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|tr|li|h\d)>/giu, '\n')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&(lt|gt|quot|amp|nbsp);/gu, (_, name: string) => ENTITIES[name] ?? '')
    .trimEnd();
}

export function asHtml({ type, text }: MimeEntity): string {
  if (type === 'text/html') return text;
  const lines = text
    .split('\n')
    .map((line) => `<p>${line.replaceAll(/[&<>]/gu, (one) => ESCAPES[one] ?? one)}</p>`);
  return `<html><body>${lines.join('')}</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' };
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A whole entity as DRAPI sends it with `richTextAs=mime`. */
export function asEntity({ type, text }: MimeEntity, stamp: string): string {
  return [
    'MIME-Version: 1.0',
    `X-MIMETrack: Serialize by Router on ${stamp}`,
    `Content-Type: ${type}; charset=UTF-8`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
    '',
  ].join('\r\n');
}
