import { type Batch, FrontendReader } from './frontend-reader.ts';
import { channelsIn, isListenStatement, unlistened } from './listen-statement.ts';
import {
  commandComplete,
  errorResponse,
  firstValue,
  notificationChannel,
  readyForQuery,
  readyStatus,
  type SessionStatus,
  simpleQuery,
  splitMessages,
  welcome,
  bodyText,
} from './wire.ts';

export interface SharedSessionParts {
  /** Runs frontend messages up to one Sync or Query in the one session; answers all that the session said. */
  readonly execute: (message: Uint8Array) => Promise<Buffer>;
  readonly send: (connection: number, bytes: Buffer) => void;
  /** The connection is over; nothing more is sent on it. */
  readonly end: (connection: number) => void;
  /** Told to each client that starts (`server_version`, …). */
  readonly parameters: Readonly<Record<string, string>>;
  readonly searchPath: string;
  /** How long a connection may hold the session in an idle transaction while others wait, milliseconds. */
  readonly idleInTransactionMs: number;
}

interface Connection {
  readonly id: number;
  readonly reader: FrontendReader;
  readonly batches: Batch[];
  readonly channels: Set<string>;
  searchPath: string;
  /** It may have changed its search_path: ask for it once the session is idle. */
  searchPathTouched: boolean;
  closing: boolean;
}

/**
 * Lets many connections share PostgreSQL's single session, as a server would show itself to them: from BEGIN to COMMIT or ROLLBACK the session
 * belongs to one connection and the others wait in order; each has its own search_path and hears only the channels that it listens on.
 *
 * What it cannot give: other settings made with `SET` (without LOCAL), temporary tables and session-level advisory locks are shared
 * by all; named prepared statements and row-limited portals are refused.
 */
export class SharedSession {
  readonly #parts: SharedSessionParts;
  readonly #connections = new Map<number, Connection>();
  readonly #turns = new Set<Connection>();
  #holder: Connection | null = null;
  #status: SessionStatus = 'I';
  #searchPath: string;
  #running: Promise<void> | null = null;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(parts: SharedSessionParts) {
    this.#parts = parts;
    this.#searchPath = parts.searchPath;
  }

  open(id: number, searchPath: string): void {
    this.#connections.set(id, {
      id,
      reader: new FrontendReader(),
      batches: [],
      channels: new Set(),
      searchPath,
      searchPathTouched: false,
      closing: false,
    });
  }

  /** Settles when nothing is left that could run now. Rejects when the session itself broke. */
  async receive(id: number, bytes: Buffer): Promise<void> {
    const connection = this.#connections.get(id);
    if (connection === undefined || connection.closing) return;
    connection.batches.push(...connection.reader.read(bytes));
    if (connection.batches.length > 0) this.#turns.add(connection);
    await this.#run();
  }

  /** The client went away: what it had not committed is rolled back. */
  async close(id: number): Promise<void> {
    const connection = this.#connections.get(id);
    if (connection === undefined || connection.closing) return;
    connection.closing = true;
    this.#turns.add(connection);
    await this.#run();
  }

  async #run(): Promise<void> {
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async #work(): Promise<void> {
    clearTimeout(this.#idleTimer);
    for (let next = this.#next(); next !== null; next = this.#next()) {
      if (next.closing) await this.#remove(next);
      else {
        const batch = next.batches.shift();
        if (batch !== undefined) await this.#answer(next, batch);
        if (next.batches.length > 0 || next.closing) this.#turns.add(next);
      }
    }
    const holder = this.#holder;
    if (holder !== null && this.#turns.size > 0) {
      this.#idleTimer = setTimeout(() => this.#evict(holder), this.#parts.idleInTransactionMs);
    }
  }

  /** Takes the next connection off the line: only the holder while there is one. */
  #next(): Connection | null {
    const next = this.#holder ?? this.#turns.values().next().value;
    return next !== undefined && this.#turns.delete(next) ? next : null;
  }

  async #remove(connection: Connection): Promise<void> {
    this.#connections.delete(connection.id);
    if (this.#holder === connection) {
      await this.#parts.execute(simpleQuery('ROLLBACK'));
      this.#holder = null;
    }
    this.#parts.end(connection.id);
  }

  #evict(holder: Connection): void {
    const seconds = this.#parts.idleInTransactionMs / 1000;
    this.#parts.send(
      holder.id,
      errorResponse(
        'FATAL',
        '25P03',
        `Terminated: nothing happened in this transaction for ${seconds} s while others waited for the only session`,
      ),
    );
    this.close(holder.id).catch(() => undefined);
  }

  async #answer(connection: Connection, batch: Batch): Promise<void> {
    const { send, parameters } = this.#parts;
    const status = this.#holder === connection ? this.#status : 'I';
    if (batch.kind === 'startup') send(connection.id, welcome(connection.id, parameters));
    else if (batch.kind === 'terminate') connection.closing = true;
    else if (batch.kind === 'refused') {
      send(
        connection.id,
        Buffer.concat([errorResponse('ERROR', '0A000', batch.reason), readyForQuery(status)]),
      );
    } else if (unlistened(batch.sql) !== null) {
      forget(connection, unlistened(batch.sql));
      send(connection.id, Buffer.concat([commandComplete('UNLISTEN'), readyForQuery(status)]));
    } else await this.#execute(connection, batch);
  }

  async #execute(connection: Connection, batch: Batch & { kind: 'statements' }): Promise<void> {
    if (this.#holder !== connection) await this.#switchSearchPath(connection);
    if (/search_path/i.test(batch.sql)) connection.searchPathTouched = true;

    const output = await this.#parts.execute(batch.bytes);
    const own: Buffer[] = [];
    this.#status = 'I';
    for (const message of splitMessages(output).messages) {
      if (message.type === 'A') {
        for (const listener of this.#connections.values()) {
          if (!listener.channels.has(notificationChannel(message))) continue;
          if (listener === connection) own.push(message.bytes);
          else this.#parts.send(listener.id, message.bytes);
        }
        continue;
      }
      if (message.type === 'C' && isListenStatement(bodyText(message))) {
        for (const channel of channelsIn(batch.sql)) connection.channels.add(channel);
      }
      if (message.type === 'Z') this.#status = readyStatus(message);
      own.push(message.bytes);
    }
    this.#holder = this.#status === 'I' ? null : connection;
    if (this.#holder === null && connection.searchPathTouched) await this.#noteSearchPath(connection);
    this.#parts.send(connection.id, Buffer.concat(own));
  }

  async #switchSearchPath(connection: Connection): Promise<void> {
    if (this.#searchPath === connection.searchPath) return;
    await this.#parts.execute(simpleQuery(`SET search_path TO ${connection.searchPath}`));
    this.#searchPath = connection.searchPath;
  }

  async #noteSearchPath(connection: Connection): Promise<void> {
    const output = await this.#parts.execute(simpleQuery('SHOW search_path'));
    const row = splitMessages(output).messages.find((message) => message.type === 'D');
    const path = row === undefined ? null : firstValue(row);
    if (path !== null) {
      this.#searchPath = path;
      connection.searchPath = path;
    }
    connection.searchPathTouched = false;
  }
}

function forget(connection: Connection, channel: string | null): void {
  if (channel === '*') connection.channels.clear();
  else if (channel !== null) connection.channels.delete(channel);
}
