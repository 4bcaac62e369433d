import type { DxlHeader } from './dxl-note.ts';
import { assertLegal } from './write-text.ts';
import { type WritableNote, writeNote } from './write-note.ts';
import { writeAttributes } from './xml-tree.ts';

/** Pieces are gathered to about this many characters. */
const PIECE_LENGTH = 64 * 1024;

/**
 * A DXL file (UTF-8 text, in pieces) whose import gives equal notes. Values that are not a list must be exactly one; a zone needs a time.
 * Throws `DxlError` for what DXL cannot say: illegal characters in names, rich text that is not XML.
 */
export async function* writeDxl(
  notes: AsyncIterable<WritableNote> | Iterable<WritableNote>,
  header: Partial<DxlHeader> = {},
): AsyncGenerator<string> {
  const { version, replicaId, path, title } = header;
  const attributes = {
    xmlns: 'http://www.lotus.com/dxl',
    version: version ?? '9.0',
    ...(replicaId != null && { replicaid: replicaId }),
    ...(path != null && { path }),
    ...(title != null && { title }),
  };
  for (const text of Object.values(attributes)) assertLegal(text, 'the header');
  let piece = `<?xml version='1.0' encoding='utf-8'?>\n<database${writeAttributes(attributes)}>\n`;
  for await (const note of notes) {
    for (const part of writeNote(note)) {
      piece += part;
      if (piece.length < PIECE_LENGTH) continue;
      yield piece;
      piece = '';
    }
  }
  yield `${piece}</database>\n`;
}
