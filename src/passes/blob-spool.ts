import type { BlobRef } from '../sync/values.ts';

/** Where bytes wait, inside the zone, until the gate has been read again after the last of them. Emptied at start. */
export interface BlobSpool {
  /** Takes the bytes in; fails with `too-large` beyond the spool's limit for one blob. */
  take(name: string, content: AsyncIterable<Uint8Array>): Promise<SpooledBlob>;
}

export interface SpooledBlob {
  readonly ref: BlobRef;
  /** All of it where it is small and held in memory; null: only {@link open} gives it. */
  readonly bytes: Uint8Array | null;
  open(): AsyncIterable<Uint8Array>;
  /** Removes the bytes. */
  dispose(): Promise<void>;
}

export class BlobTooLargeError extends Error {
  override readonly name = 'BlobTooLargeError';
}
