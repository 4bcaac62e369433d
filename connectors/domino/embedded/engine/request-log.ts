/** One reading call as a face received it. */
export interface ReadRequest {
  /** The server's time. */
  readonly at: number;
  readonly method: string;
  readonly filePath: string;
  readonly identity: string;
  /** The query's text, or null when UNIDs were given. */
  readonly query: string | null;
  /** UNIDs that were named by the caller, as given. */
  readonly unids: readonly string[];
  /** Items (also rich text) that were asked for, as given. */
  readonly itemNames: readonly string[];
  /** Names and sizes, or contents, of attachments were asked for. */
  readonly attachments: boolean;
  /** UNIDs of the notes that the answer spoke of. */
  readonly answered: readonly string[];
}

/** What was asked for, kept so that a test can prove what never was. A ring: the oldest requests fall out. */
export class RequestLog {
  readonly #capacity: number;
  #entries: ReadRequest[] = [];
  readonly #listeners = new Set<(request: ReadRequest) => void>();

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  record(request: ReadRequest): void {
    this.#entries.push(request);
    if (this.#entries.length > this.#capacity * 2) this.#entries = this.#entries.slice(-this.#capacity);
    for (const listener of this.#listeners) listener(request);
  }

  /** Oldest first. */
  entries(): readonly ReadRequest[] {
    return this.#entries.slice(-this.#capacity);
  }

  /** Item names, lower-case, that were asked for in calls that spoke of this note. */
  itemsAskedOf(unid: string): ReadonlySet<string> {
    const wanted = unid.toUpperCase();
    const about = this.entries().filter(({ answered, unids }) =>
      [...answered, ...unids].some((one) => one.toUpperCase() === wanted),
    );
    return new Set(about.flatMap(({ itemNames }) => itemNames.map((name) => name.toLowerCase())));
  }

  /** Calls `listener` with every request from now on; the answer ends that. */
  subscribe(listener: (request: ReadRequest) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#entries = [];
  }
}
