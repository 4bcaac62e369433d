import { dateTimeItem, fileItem } from '../../../connectors/domino/embedded/engine/item-builders.ts';
import { plainRichText } from '../../../connectors/domino/embedded/generate/plain-rich-text.ts';
import type { TypedItems } from '../../../connectors/domino/embedded/engine/notes-user.ts';
import type { NotesDateTime } from '../../../connectors/domino/embedded/stored-note.ts';
import type { Fields } from '../../sync/values.ts';

/** One document of a form, item by item, and its record; `pushed` is what a member or secretary writes, item by item as Notes then holds it. */
export interface EntityExample {
  readonly form: string;
  /** All items that Notes people fill, in Notes' own shapes. */
  readonly items: TypedItems;
  /** What the handbook then holds of them. Rich text and attachments are told by presence alone: their bytes have tests of their own. */
  readonly fields: Fields;
  /** What the handbook writes: field → [value, item, values as Notes shows them]. */
  readonly pushed?: Readonly<Record<string, readonly [value: Fields[string], item: string, shown: unknown]>>;
}

const day = (date: string): NotesDateTime => ({ date, time: null, zone: null, dst: false });
/** As the bridge writes an instant. */
export const utc = (date: string, time: string): NotesDateTime => ({ date, time, zone: '+0000', dst: false });
const instant = (date: string, time: string): NotesDateTime => ({
  date,
  time,
  zone: '+0700',
  dst: false,
});
export const on = (item: string, date: string) => dateTimeItem(item, day(date));
export const at = (item: string, date: string, time: string) => dateTimeItem(item, instant(date, time));
export const body = (item: string) => plainRichText(item, ['Nội dung']);
export const file = fileItem(
  'thong-bao.pdf',
  Buffer.from('%PDF-1.7 mẫu'),
  instant('2026-01-05', '08:00:00.00'),
);
