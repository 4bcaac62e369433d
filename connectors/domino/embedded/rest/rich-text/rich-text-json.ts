import type { EmbeddedDatabase } from '../../engine/embedded-database.ts';
import { refOf } from '../../engine/item-codec.ts';
import { formatInstant } from '../../engine/notes-date-time.ts';
import { compositeData } from '../../rich-text/composite-data.ts';
import type { StoredItem, StoredNote } from '../../stored-note.ts';
import { badRequest, RestError } from '../rest-error.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import { cdText } from './cd-text.ts';
import { asEntity, asHtml, asPlain, isMime, type MimeEntity, readMime } from './mime-entity.ts';

export const RICH_TEXT_FORMS = ['mime', 'html', 'markdown', 'plain', 'compositedata'] as const;

export type RichTextForm = (typeof RICH_TEXT_FORMS)[number];

export interface RichText {
  readonly type: string;
  readonly encoding: 'PLAIN' | 'BASE64';
  readonly content: string;
}

/** Items that make up one rich text: several of one name where it is long. */
export function richTextItems(note: StoredNote, name: string): readonly StoredItem[] {
  return note.items.filter(
    (item) =>
      item.name.toLowerCase() === name.toLowerCase() &&
      (item.value.type === 'richtext' || isMime(item.value)),
  );
}

/**
 * A rich text in the form that was asked for (`null`: the server's default); undefined when the document has none. Throws 500 where the server is known to
 * fail on Notes rich text as MIME, 400 for composite data of what is stored as MIME.
 */
export function richTextJson(
  database: EmbeddedDatabase,
  note: StoredNote,
  name: string,
  asked: RichTextForm | null,
  quirks: RestQuirks,
): RichText | undefined {
  const items = richTextItems(note, name);
  if (items.length === 0) return undefined;
  const form = asked ?? quirks.defaultRichText;
  const written = items.some(({ value }) => value.type === 'richtext');
  if (asked === 'mime' && written && quirks.mimeOfNotesRichText === 'fails') {
    throw new RestError(500, 'mime part not found', 0, name);
  }
  if (form === 'compositedata') {
    if (!written) throw badRequest(`Item ${name} holds MIME and no composite data`);
    const content = Buffer.concat(items.map((item) => compositeOf(database, item))).toString('base64');
    return { type: 'application/vnd.hcl.compositedata', encoding: 'BASE64', content };
  }
  return inForm(entityOf(database, items), form, formatInstant(note.sequenceTime));
}

function inForm(entity: MimeEntity, form: Exclude<RichTextForm, 'compositedata'>, stamp: string): RichText {
  switch (form) {
    case 'html':
      return { type: 'text/html', encoding: 'PLAIN', content: asHtml(entity) };
    case 'plain':
      return { type: 'text/plain', encoding: 'PLAIN', content: asPlain(entity) };
    case 'markdown':
      return { type: 'text/markdown', encoding: 'PLAIN', content: asPlain(entity).replaceAll('\n', '\n\n') };
    case 'mime': {
      const content = Buffer.from(asEntity(entity, stamp)).toString('base64');
      return { type: 'multipart/form-data', encoding: 'BASE64', content };
    }
  }
}

function entityOf(database: EmbeddedDatabase, items: readonly StoredItem[]): MimeEntity {
  const [first] = items;
  if (first !== undefined && isMime(first.value)) return readMime(bytesOf(database, first));
  const text = items.map((item) => cdText(compositeOf(database, item))).join('');
  return { type: 'text/plain', text };
}

function compositeOf(database: EmbeddedDatabase, item: StoredItem): Uint8Array {
  const bytes = bytesOf(database, item);
  return item.value.type === 'richtext' && item.value.format === 'dxl' ? compositeData(bytes) : bytes;
}

function bytesOf(database: EmbeddedDatabase, { value }: StoredItem): Uint8Array {
  if (value.type !== 'richtext' && value.type !== 'raw') return new Uint8Array(0);
  const ref = refOf(value);
  return ref === undefined ? value.bytes : database.content(ref.id);
}
