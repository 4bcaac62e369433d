import { once } from 'node:events';
import { type ClientBase, escapeIdentifier, Pool, type PoolConfig } from 'pg';
import { BufferingClient } from './buffering-client.ts';
import type { PoolOptions } from './sql-pool.ts';
import { ourTypes } from './type-parsers.ts';

const SEARCH_PATH = /^[a-z_][a-z0-9_]*(, ?[a-z_][a-z0-9_]*)*$/;

/** The public part of pg that its types do not know yet. */
interface StatusClient {
  getTransactionStatus(): 'I' | 'T' | 'E' | null;
  end(): Promise<void>;
}

/**
 * A `pg.Pool` with the habits that all our pools share: our types, kept notifications, handled idle errors, and a client that is
 * released inside a transaction is closed (which rolls back) instead of being handed on with the transaction open. `end` waits until every
 * connection is closed.
 */
export function createPgPool(
  config: PoolConfig,
  options: PoolOptions,
  onConnect: (client: ClientBase) => Promise<void>,
): { readonly pool: Pool; readonly end: () => Promise<void> } {
  const settings: PoolConfig & { readonly onConnect: (client: ClientBase) => Promise<void> } = {
    ...config,
    ...(options.types === 'pg' ? {} : { types: ourTypes }),
    Client: BufferingClient,
    onConnect: async (client) => {
      await onConnect(client);
      for (const channel of options.listen ?? []) await client.query(`LISTEN ${escapeIdentifier(channel)}`);
    },
  };
  const pool = new Pool(settings);
  const connected = new Set<ClientBase>();
  // BullMQ adds a listener per queue object.
  pool.setMaxListeners(0);
  pool.on('error', (error) => options.onError?.(error));
  pool.on('connect', (client) => {
    connected.add(client);
    client.setMaxListeners(0);
  });
  pool.on('remove', (client) => connected.delete(client));
  pool.on('acquire', (client) => {
    // A client in somebody's hands whose connection breaks would end the process if nobody listened; its statements reject anyway. Set again each
    // time, since BullMQ hands its client back without any listeners.
    client.removeListener('error', ignore);
    client.on('error', ignore);
  });
  pool.on('release', (_error, client) => {
    const status = (client as unknown as StatusClient).getTransactionStatus();
    if (status === 'T' || status === 'E') void (client as unknown as StatusClient).end();
  });
  return {
    pool,
    async end() {
      await pool.end();
      // The pool calls itself ended once it has said goodbye on every connection; the server may still be hearing it.
      while (connected.size > 0) await once(pool, 'remove');
    },
  };
}

function ignore(): void {
  // Only there so that the event has a listener.
}

/** Throws `TypeError` for anything but plain lower-case schema names. */
export function checkSearchPath(searchPath: string): string {
  if (!SEARCH_PATH.test(searchPath)) {
    throw new TypeError(
      `searchPath must be plain lower-case schema names separated by commas, got "${searchPath}"`,
    );
  }
  return searchPath;
}
