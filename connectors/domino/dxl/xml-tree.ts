/** An element with all that is in it. Adjacent texts are one child; comments and processing instructions are no data and not kept. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

export function escapeText(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (char) => references[char] ?? char);
}

function escapeAttribute(text: string): string {
  return text.replaceAll(/[&<>'\t\n\r]/g, (char) => references[char] ?? char);
}

/** ` name='value'` for each attribute, in order. */
export function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}='${escapeAttribute(value)}'`)
    .join('');
}

/** One spelling for each element, so that reading and writing again gives the same text. */
export function writeElement(element: XmlElement): string {
  const parts: string[] = [];
  append(element, parts);
  return parts.join('');
}

function append(element: XmlElement, parts: string[]): void {
  parts.push(`<${element.name}${writeAttributes(element.attributes)}`);
  if (element.children.length === 0) {
    parts.push('/>');
    return;
  }
  parts.push('>');
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(escapeText(child));
    else append(child, parts);
  }
  parts.push(`</${element.name}>`);
}

/** The child elements, or null when there is text beside them. */
export function onlyElements(element: XmlElement): readonly XmlElement[] | null {
  const elements: XmlElement[] = [];
  for (const child of element.children) {
    if (typeof child !== 'string') elements.push(child);
    else if (!isBlank(child)) return null;
  }
  return elements;
}

/** The text, or null when there are elements in it. */
export function onlyText(element: XmlElement): string | null {
  let text = '';
  for (const child of element.children) {
    if (typeof child !== 'string') return null;
    text += child;
  }
  return text;
}

/** XML's white space and nothing else. */
export function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

/** Has no attributes but these. */
export function hasOnly(element: XmlElement, ...names: readonly string[]): boolean {
  return Object.keys(element.attributes).every((name) => names.includes(name));
}
