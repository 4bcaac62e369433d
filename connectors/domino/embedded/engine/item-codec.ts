import type { StoredItem, StoredValue } from '../stored-note.ts';
import { type CompactItem, compactItem, itemOf } from './compact-item.ts';

/** Where the bytes of a rich text, a file or a raw value lie. */
export interface ContentRef {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
}

const NO_BYTES = new Uint8Array(0);

type WithRef<T> = T & { readonly ref?: ContentRef };

/**
 * The items as JSON, bytes replaced by references. `keep` stores bytes and answers their reference; bytes that a *bare* note left on disk
 * keep the reference they have.
 */
export function encodeItems(items: readonly StoredItem[], keep: (bytes: Uint8Array) => ContentRef): string {
  return JSON.stringify(
    items.map((item) =>
      hasContent(item.value) ? { ...item, value: withoutBytes(item.value, keep) } : compactItem(item),
    ),
  );
}

type ContentValue = Extract<StoredValue, { readonly type: 'richtext' | 'raw' | 'file' }>;

function hasContent(value: StoredValue): value is ContentValue {
  return value.type === 'richtext' || value.type === 'raw' || value.type === 'file';
}

function withoutBytes(value: ContentValue, keep: (bytes: Uint8Array) => ContentRef): unknown {
  if (value.type !== 'file') {
    return { ...value, bytes: null, ref: refOf(value) ?? keep(value.bytes) };
  }
  const { file } = value;
  return { ...value, file: { ...file, bytes: null, ref: refOf(file) ?? keep(file.bytes) } };
}

/**
 * The items with empty bytes and, beside them, the reference to where they lie: enough for everything but content, and such items can be
 * saved again without reading the content.
 */
export function decodeBare(json: string): readonly StoredItem[] {
  return decode(json, (holder) => ({ ...holder, bytes: NO_BYTES }));
}

export function decodeFull(json: string, load: (ref: ContentRef) => Uint8Array): readonly StoredItem[] {
  return decode(json, ({ ref, ...holder }) => ({ ...holder, bytes: load(ref) }));
}

type Holder = { readonly ref: ContentRef };

function decode(json: string, fill: (holder: Holder) => object): readonly StoredItem[] {
  const items = (JSON.parse(json) as CompactItem[]).map(itemOf);
  // Most notes hold nothing that lies elsewhere.
  if (!json.includes('"ref":')) return items;
  for (const item of items as unknown as { value: { file?: Holder } & Partial<Holder> }[]) {
    const { value } = item;
    if (value.file !== undefined) value.file = fill(value.file) as Holder;
    else if (value.ref !== undefined) item.value = fill(value as Holder);
  }
  return items;
}

/** The reference that a bare value carries; undefined when the bytes are in memory. */
export function refOf(holder: object): ContentRef | undefined {
  return (holder as WithRef<object>).ref;
}

export function contentRefs(items: readonly StoredItem[]): ContentRef[] {
  return items.flatMap(({ value }) => {
    const ref = refOf(value.type === 'file' ? value.file : value);
    return ref === undefined ? [] : [ref];
  });
}
