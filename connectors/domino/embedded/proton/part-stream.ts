import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { asDominoDbError, connectionLost } from './domino-db-error.ts';

/** One attachment or one rich text item on its way. */
export interface StreamPart {
  readonly event: 'file' | 'field';
  readonly info: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

export interface StreamWay {
  readonly chunkBytes: number;
  /** The connection is lost after so many chunks. */
  readonly chunkLimit: number | null;
  /** Waits as long as the bytes travel. Throws when the connection is lost meanwhile. */
  readonly pass: (bytes: number) => Promise<void>;
}

/** What the package's reading streams are: events `file` or `field`, then `data`…, then `eof`, for each part; `end` once, or `error`. */
export class PartStream extends EventEmitter {
  #cancelled = false;

  /** Nothing is emitted any more, not even `end`. */
  cancel(): void {
    this.#cancelled = true;
  }

  /** Begins to emit in a later turn, without waiting for whoever listens: there is no back-pressure. */
  start(parts: Iterable<StreamPart>, way: StreamWay): void {
    void this.#run(parts, way);
  }

  async #run(parts: Iterable<StreamPart>, { chunkBytes, chunkLimit, pass }: StreamWay): Promise<void> {
    // The caller gets the stream first and attaches its listeners in the turn after.
    await nextTurn();
    await nextTurn();
    try {
      let chunks = 0;
      for (const { event, info, bytes } of parts) {
        this.#emit(event, info);
        for (let from = 0; from < bytes.byteLength; from += chunkBytes) {
          if (chunks === chunkLimit) throw connectionLost();
          chunks += 1;
          const chunk = Buffer.from(bytes.subarray(from, from + chunkBytes));
          await pass(chunk.byteLength);
          this.#emit('data', chunk);
          await nextTurn();
          if (this.#cancelled) return;
        }
        this.#emit('eof');
      }
      if (chunkLimit !== null) throw connectionLost();
      this.#emit('end');
    } catch (cause) {
      this.#emit('error', asDominoDbError(cause));
    }
  }

  #emit(event: string, ...values: readonly unknown[]): void {
    if (!this.#cancelled) this.emit(event, ...values);
  }
}
