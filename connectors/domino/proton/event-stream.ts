import { DominoError } from '../port.ts';
import { dominoErrorOf } from '../wire/failure.ts';
import { classify } from './errors.ts';
import type { DominoDbStream } from './module-api.ts';

export interface StreamEvent {
  readonly name: 'file' | 'field' | 'data' | 'eof' | 'end';
  readonly value: unknown;
}

export interface EventStreamOptions {
  readonly action: string;
  readonly idleMs: number;
  readonly bufferBytes: number;
  readonly signal: AbortSignal | undefined;
}

const EVENTS = ['file', 'field', 'data', 'eof', 'end'] as const;
/** Above this the module is asked to pause, where it can. */
const PAUSE_BYTES = 4 * 1024 * 1024;

/** An event emitter of the module turned into something that is pulled from. One consumer. */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #events: StreamEvent[] = [];
  #failure: DominoError | null = null;
  #emitter: DominoDbStream | null = null;
  #buffered = 0;
  #paused = false;
  #closed = false;
  #wake: (() => void) | null = null;

  readonly #wakeOnAbort = () => this.#wake?.();

  constructor(options: EventStreamOptions) {
    this.#options = options;
    options.signal?.addEventListener('abort', this.#wakeOnAbort);
  }

  attach(emitter: DominoDbStream): void {
    emitter.on('error', (cause) =>
      this.#fail(dominoErrorOf(classify(cause, 'read'), 'read', this.#options.action)),
    );
    for (const name of EVENTS) emitter.on(name, (value) => this.#take({ name, value }));
    this.#emitter = emitter;
    if (this.#closed) emitter.cancel?.();
  }

  /** The next event. Throws `busy` after `idleMs` of silence or on abort, and the translated error of the stream. */
  async next(): Promise<StreamEvent> {
    const { signal, idleMs, action } = this.#options;
    const silenceEnds = performance.now() + idleMs;
    for (;;) {
      if (signal?.aborted === true)
        throw new DominoError('busy', `${action}: cancelled`, { cause: signal.reason });
      const event = this.#events.shift();
      if (event !== undefined) return this.#hand(event);
      if (this.#failure !== null) throw this.#failure;
      const restMs = silenceEnds - performance.now();
      if (restMs <= 0) throw new DominoError('busy', `${action}: the stream fell silent for ${idleMs} ms`);
      await this.#woken(restMs);
    }
  }

  /** Stops the stream; later events are dropped. */
  close(): void {
    this.#closed = true;
    this.#events.length = 0;
    this.#options.signal?.removeEventListener('abort', this.#wakeOnAbort);
    this.#emitter?.cancel?.();
    // A paused emitter that cannot be cancelled would hold its call on the server for ever.
    if (this.#paused) this.#emitter?.resume?.();
  }

  #take(event: StreamEvent): void {
    if (this.#closed || this.#failure !== null) return;
    this.#events.push(event);
    if (event.value instanceof Uint8Array) this.#buffered += event.value.byteLength;
    const { bufferBytes, action } = this.#options;
    if (this.#buffered > bufferBytes) {
      this.#fail(
        new DominoError('busy', `${action}: more than ${bufferBytes} bytes wait for a slow consumer`),
      );
      this.close();
      return;
    }
    if (!this.#paused && this.#buffered > PAUSE_BYTES && this.#emitter?.pause !== undefined) {
      this.#emitter.pause();
      this.#paused = true;
    }
    this.#wake?.();
  }

  #hand(event: StreamEvent): StreamEvent {
    if (event.value instanceof Uint8Array) this.#buffered -= event.value.byteLength;
    if (this.#paused && this.#buffered <= PAUSE_BYTES / 2) {
      this.#paused = false;
      this.#emitter?.resume?.();
    }
    return event;
  }

  #fail(error: DominoError): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  async #woken(restMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, restMs);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
    this.#wake = null;
  }
}
