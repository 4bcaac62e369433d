/** What the main thread and the database's thread say to each other. */

export interface WorkerSettings {
  /** Directory, or null for a database in memory. */
  readonly dataDir: string | null;
  readonly idleInTransactionMs: number;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly connection: number; readonly searchPath: string }
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'close'; readonly connection: number }
  | { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ended'; readonly connection: number }
  | { readonly kind: 'failed'; readonly message: string };
