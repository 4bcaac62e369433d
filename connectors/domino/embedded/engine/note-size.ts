import type { StoredItem } from '../stored-note.ts';
import { refOf } from './item-codec.ts';

/** Bytes, roughly as Domino counts them. */
export function noteSize(items: readonly StoredItem[]): number {
  return items.reduce((total, { name, value }) => {
    switch (value.type) {
      case 'text':
        return total + name.length + value.values.reduce((sum, text) => sum + text.length + 2, 6);
      case 'number':
      case 'datetime':
        return total + name.length + 6 + value.values.length * 8;
      case 'file':
        return total + (refOf(value.file)?.size ?? value.file.bytes.byteLength);
      case 'richtext':
      case 'raw':
        return total + (refOf(value)?.size ?? value.bytes.byteLength);
      case 'formula':
        return total + value.source.length;
    }
  }, 100);
}
