import { hasOnly, type XmlElement } from './xml-tree.ts';

/** A text where `<break/>` is a line feed and `<nonxmlchar value='hex'/>` a character that XML does not allow. Null for anything else. */
export function readMarkedText(element: XmlElement): string | null {
  let text = '';
  for (const child of element.children) {
    const part = typeof child === 'string' ? child : readMark(child);
    if (part === null) return null;
    text += part;
  }
  return text;
}

function readMark(element: XmlElement): string | null {
  if (element.children.length > 0) return null;
  if (element.name === 'break') return hasOnly(element) ? '\n' : null;
  if (element.name !== 'nonxmlchar' || !hasOnly(element, 'value')) return null;
  const code = /^(?:0x)?([0-9a-f]{1,6})$/i.exec(element.attributes.value ?? '')?.[1];
  const point = code === undefined ? Number.NaN : Number.parseInt(code, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : null;
}
