/** PostgreSQL's text has no U+0000 and its UTF-8 no lone surrogates; one such key would fail the whole batch that it is in. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

export function storableTexts(texts: readonly string[]): string[] {
  return texts.map(storableText);
}

/** A row going to `jsonb_to_recordset`; nested JSON is given as its own text, see {@link valueJson}. */
export type BatchRow = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/;

/** Rows as one parameter of a set-based statement. */
export function batchJson(rows: readonly BatchRow[]): string {
  const text = JSON.stringify(rows);
  // JSON.stringify writes lone surrogates as escapes, so storable batches pay for one look only.
  return UNSTORABLE_ESCAPE.test(text) ? JSON.stringify(rows, (_key, value) => storableValue(value)) : text;
}

function storableValue(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}

/** Text for a `json` column, kept as it is: escapes of any character are allowed there. */
export function valueJson(value: unknown): string {
  return JSON.stringify(value);
}
