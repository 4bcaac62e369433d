/** What a paragraph looks like, as far as a reader cares. */
export interface ParagraphFormat {
  readonly align: 'left' | 'right' | 'justify' | 'center';
  readonly list: 'bullet' | 'number' | null;
  /** Hidden from readers in Notes, or perhaps: a formula that only Notes can work out decides. */
  readonly hidden: boolean;
}

export const PLAIN: ParagraphFormat = { align: 'left', list: null, hidden: false };

/** JUSTIFY_xxx of the C API. */
const ALIGNMENTS = ['left', 'right', 'justify', 'center'] as const;
/** PABFLAG_xxx of the C API: hidden from readers (0x0010), by formula (0x0800), in the preview (0x2000), from Notes clients (0x8000). */
const HIDDEN = 0x0010 | 0x0800 | 0x2000 | 0x8000;
const BULLET = 0x0400;
const NUMBERED = 0x1000;
const JUSTIFY_AT = 2;
/** Nine words and twenty tab stops come before. */
const FLAGS_AT = 58;

/** A CDPABDEFINITION's id and format. */
export function paragraphFormat(body: Buffer): { readonly id: number; readonly format: ParagraphFormat } {
  const id = body.length >= 2 ? body.readUInt16LE(0) : 0;
  if (body.length < FLAGS_AT + 2) return { id, format: PLAIN };
  const flags = body.readUInt16LE(FLAGS_AT);
  const list = (flags & NUMBERED) !== 0 ? 'number' : (flags & BULLET) !== 0 ? 'bullet' : null;
  const align = ALIGNMENTS[body.readUInt16LE(JUSTIFY_AT)] ?? 'left';
  return { id, format: { align, list, hidden: (flags & HIDDEN) !== 0 } };
}
