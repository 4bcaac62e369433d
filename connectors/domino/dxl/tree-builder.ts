import type { XmlElement } from './xml-tree.ts';

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/** Puts one element together from what a parser reports. */
export class TreeBuilder {
  readonly #path: OpenElement[];

  constructor(name: string, attributes: Readonly<Record<string, string>>) {
    this.#path = [{ name, attributes, children: [] }];
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#path.push({ name, attributes, children: [] });
  }

  text(text: string): void {
    const children = this.#path.at(-1)?.children;
    const last = children?.at(-1);
    if (children && typeof last === 'string') children[children.length - 1] = last + text;
    else children?.push(text);
  }

  /** The whole element when this was its end tag. */
  close(): XmlElement | null {
    const done = this.#path.pop();
    const parent = this.#path.at(-1);
    if (done && parent) parent.children.push(done);
    return parent ? null : (done ?? null);
  }
}
