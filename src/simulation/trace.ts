/** A print of everything that happened, in order; the last lines are kept for whoever reads a failure. */
export class Trace {
  #one = 0x811c9dc5;
  #other = 0x1234567;
  readonly #keep: boolean;
  readonly lines: string[] = [];

  constructor(keep: boolean) {
    this.#keep = keep;
  }

  add(line: string): void {
    if (this.#keep) this.lines.push(line);
    for (let at = 0; at < line.length; at++) {
      const code = line.charCodeAt(at);
      this.#one = Math.imul(this.#one ^ code, 0x01000193);
      this.#other = Math.imul(this.#other + code, 0x85ebca6b) ^ (this.#other >>> 13);
    }
    this.#one = Math.imul(this.#one ^ 10, 0x01000193);
  }

  get hash(): string {
    return (
      (this.#one >>> 0).toString(16).padStart(8, '0') + (this.#other >>> 0).toString(16).padStart(8, '0')
    );
  }
}
