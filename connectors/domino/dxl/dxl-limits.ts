/** How much of a file may be held at once; a file beyond it is refused, not cut. Sizes are in characters of the decoded text. */
export interface DxlLimits {
  /** Of one text, attribute, comment or base64 block. */
  readonly maxTextLength: number;
  readonly maxDocumentLength: number;
  /** Nested elements. */
  readonly maxDepth: number;
  readonly maxItemsPerDocument: number;
}

/** Base64 of about 190 MB in one attachment; V8 holds no string beyond half a gigabyte. */
export const defaultLimits: DxlLimits = {
  maxTextLength: 256 * 1024 * 1024,
  maxDocumentLength: 400 * 1024 * 1024,
  maxDepth: 256,
  maxItemsPerDocument: 65_536,
};
