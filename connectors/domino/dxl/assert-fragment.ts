import { SaxesParser } from 'saxes';
import { DxlError } from './dxl-error.ts';

/** The bytes as text, when they are one well-formed element of that name; they would break the file otherwise. Throws {@link DxlError}. */
export function assertFragment(bytes: Uint8Array, element: string, itemName: string): string {
  const fail = (why: string): never => {
    throw new DxlError(`item ${JSON.stringify(itemName)}: its ${element} is not usable XML: ${why}`);
  };
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail('not UTF-8');
  }
  const parser = new SaxesParser({ fragment: true, position: false });
  const roots: string[] = [];
  let depth = 0;
  parser.on('error', (error) => fail(error.message));
  parser.on('doctype', () => fail('it has a DOCTYPE'));
  parser.on('xmldecl', () => fail('it has an XML declaration'));
  parser.on('text', (content) => (depth === 0 && content.trim() !== '' ? fail('text beside it') : null));
  parser.on('opentag', (tag) => {
    if (depth === 0) roots.push(tag.name);
    depth += 1;
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.write(text).close();
  if (roots.length !== 1 || roots[0] !== element) fail(`expected one <${element}>`);
  return text;
}
