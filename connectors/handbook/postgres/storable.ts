/** JSON's own escapes of what jsonb refuses: a zero byte and a lone surrogate, which `JSON.stringify` writes out as an escape. */
const REFUSED = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Whether PostgreSQL can keep every text in `value`. */
export function isStorable(value: unknown): boolean {
  return !REFUSED.test(JSON.stringify(value));
}
