import type { NotesDateTime, StoredFile } from '../embedded/stored-note.ts';
import { decodeBase64 } from './base64.ts';
import { readDateTime } from './dxl-datetime.ts';
import { hasOnly, onlyElements, onlyText, type XmlElement } from './xml-tree.ts';

/**
 * `<file>` of an `<object>`. Null when it is not as DXL describes it or has no `filedata` (an export option leaves it out): no content is not
 * empty content.
 */
export function readFile(element: XmlElement): StoredFile | null {
  const elements = element.name === 'file' ? onlyElements(element) : null;
  let created: NotesDateTime | null = null;
  let modified: NotesDateTime | null = null;
  let bytes: Uint8Array | null = null;
  const seen = new Set<string>();
  for (const one of elements ?? []) {
    if (seen.has(one.name) || !hasOnly(one)) return null;
    seen.add(one.name);
    if (one.name === 'filedata') {
      const text = onlyText(one);
      bytes = text === null ? null : decodeBase64(text);
      continue;
    }
    const time = readTime(one);
    if (time === null) return null;
    if (one.name === 'created') created = time;
    else if (one.name === 'modified') modified = time;
    else return null;
  }
  if (bytes === null) return null;
  const { name = '', ...attributes } = element.attributes;
  return { name, created, modified, bytes, attributes };
}

function readTime(element: XmlElement): NotesDateTime | null {
  const [time, ...others] = onlyElements(element) ?? [];
  return time && others.length === 0 ? readDateTime(time) : null;
}
