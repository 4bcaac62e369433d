import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, Socket } from 'node:net';

/** What the proxy does to traffic while it is told to. */
export type Weather =
  | 'fair'
  /** Connections are reset, new ones too. */
  | 'cut'
  /** Answers come two seconds late. */
  | 'delayed'
  /** The server's side of each connection ends: nothing is answered any more, and nobody says so. */
  | 'half-closed';

/** Sees each piece that passes; true = the piece is swallowed (its reader does not live to see it). */
export interface Watcher {
  asked(connection: number, piece: Buffer): boolean;
  answered(connection: number, piece: Buffer): boolean;
}

const DELAY_MS = 2_000;

/** Stands between the bridge and one server, on loopback. */
export class TcpProxy {
  readonly #server: Server;
  readonly #upstream: number;
  readonly #pairs = new Map<number, readonly [Socket, Socket]>();
  #serial = 0;
  #weather: Weather = 'fair';
  watcher: Watcher | null = null;

  private constructor(upstream: number) {
    this.#upstream = upstream;
    this.#server = createServer((client) => this.#join(client));
  }

  /** Listens on a free port; `upstream` is the server's. */
  static async open(upstream: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(upstream);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    if (weather === 'cut') this.reset();
    if (weather === 'half-closed') for (const [client] of this.#pairs.values()) client.end();
  }

  /** Every connection ends as if the server had died. */
  reset(): void {
    for (const [client, server] of this.#pairs.values()) {
      client.resetAndDestroy();
      server.destroy();
    }
    this.#pairs.clear();
  }

  async close(): Promise<void> {
    this.reset();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    if (this.#weather === 'cut') {
      client.resetAndDestroy();
      return;
    }
    this.#serial += 1;
    const id = this.#serial;
    const server = new Socket();
    server.connect(this.#upstream, '127.0.0.1');
    this.#pairs.set(id, [client, server]);
    const end = () => {
      this.#pairs.delete(id);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end).setNoDelay(true);
    client.on('data', (piece: Buffer) => {
      if (this.watcher?.asked(id, piece) !== true) server.write(piece);
    });
    server.on('data', (piece: Buffer) => {
      if (this.watcher?.answered(id, piece) === true || this.#weather === 'half-closed') return;
      if (this.#weather === 'delayed') setTimeout(() => client.write(piece), DELAY_MS);
      else client.write(piece);
    });
    if (this.#weather === 'half-closed') client.end();
  }
}
