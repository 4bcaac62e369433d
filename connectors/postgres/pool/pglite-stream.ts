import { Duplex } from 'node:stream';

/** The way from a stream to the database's thread. */
export interface Wire {
  readonly write: (bytes: Buffer) => void;
  readonly close: () => void;
}

/** Stands where pg expects a TCP socket. */
export class PgliteStream extends Duplex {
  readonly #wire: Wire;
  readonly #connected: () => Error | null;

  /** `connected` opens the way, or says why there is none. */
  constructor(wire: Wire, connected: () => Error | null) {
    super({ allowHalfOpen: false });
    this.#wire = wire;
    this.#connected = connected;
  }

  connect(): this {
    const refusal = this.#connected();
    if (refusal === null) process.nextTick(() => this.emit('connect'));
    else this.destroy(refusal);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they come: one batch is answered at a time and its size is the asker's business.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#wire.write(chunk);
    done();
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: () => void): void {
    this.#wire.write(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: () => void): void {
    this.#wire.close();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#wire.close();
    done(error);
  }
}
