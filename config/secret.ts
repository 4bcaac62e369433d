import { inspect } from 'node:util';

/** A text that no log, error or JSON may show. Only {@link Secret.reveal} gives it, to whoever opens the connection. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
