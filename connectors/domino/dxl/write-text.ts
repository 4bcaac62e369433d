import { DxlError } from './dxl-error.ts';
import { escapeText } from './xml-tree.ts';

/** Characters that XML 1.0 does not allow, unpaired surrogates included. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export function hasIllegal(text: string): boolean {
  return text.search(illegal) !== -1;
}

/** Throws {@link DxlError} for names and attributes, which have no way to say such a character. */
export function assertLegal(text: string, what: string): void {
  if (hasIllegal(text)) throw new DxlError(`${what} has a character that XML does not allow`);
}

/** Content of `<formula>`: illegal characters become `<nonxmlchar>`. */
export function markIllegal(text: string): string {
  return escapeText(text).replaceAll(
    illegal,
    (char) => `<nonxmlchar value='${char.charCodeAt(0).toString(16)}'/>`,
  );
}

/** Content of `<text>`: line feeds become `<break/>` besides. */
export function markText(text: string): string {
  return markIllegal(text).replaceAll('\n', '<break/>');
}
