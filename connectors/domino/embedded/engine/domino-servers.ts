import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedDomino } from './embedded-domino.ts';
import { EngineError } from './engine-error.ts';
import { foldName } from './identity.ts';
import { readServerFile } from './server-file.ts';

/** One database on one of the servers. */
export interface DominoPlace {
  readonly domino: EmbeddedDomino;
  /** Below the data folder of that server. */
  readonly filePath: string;
  /** `dangvien.nsf` on the home server, `CN=Huyen/O=Tinh uy!!dangvien.nsf` on another: what {@link DominoServers.locate} takes again. */
  readonly address: string;
}

const SEPARATOR = '!!';
const CANONICAL = /^CN=[^/!]+(\/(OU|O|C)=[^/!]+)*$/u;

/**
 * The servers of one domain in this process: the home server, which links work on, and others, each with its own folder, databases and clock.
 * Groups and switches are the domain's. Others lie beside the home server's folder.
 */
export class DominoServers {
  readonly home: EmbeddedDomino;
  readonly #root: string;
  readonly #timeSource: (() => number) | undefined;
  readonly #others = new Map<string, { readonly domino: EmbeddedDomino; readonly root: string }>();

  /** Opens every server that was added before. `timeSource` as of the home server. Throws when the file of one is damaged. */
  constructor(home: EmbeddedDomino, options: { readonly timeSource?: () => number } = {}) {
    this.home = home;
    this.#root = `${home.root}-servers`;
    this.#timeSource = options.timeSource;
    if (!existsSync(this.#root)) return;
    for (const folder of readdirSync(this.#root).sort()) {
      const kept = readServerFile(join(this.#root, folder));
      if (kept !== null) this.#open(kept.name, join(this.#root, folder));
    }
  }

  /** The home server first, the others by name. */
  list(): EmbeddedDomino[] {
    const others = [...this.#others.values()].map(({ domino }) => domino);
    return [this.home, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))];
  }

  /** A new server whose clock is that of the machine. Throws `exists`, `rejected` for a name that is not canonical. */
  add(name: string): EmbeddedDomino {
    if (!CANONICAL.test(name)) {
      throw new EngineError('rejected', `"${name}" is no server: write a canonical name, CN=Huyen/O=Tinh uy`);
    }
    if (this.#known(name) !== null) throw new EngineError('exists', `there is a server "${name}" already`);
    const folder = foldName(name).replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    let root = join(this.#root, folder);
    for (let more = 2; existsSync(root); more += 1) root = join(this.#root, `${folder}-${more}`);
    return this.#open(name, root);
  }

  /** Removes the server with all its databases. Throws `no-server`; `rejected` for the home server. */
  remove(name: string): void {
    const domino = this.find(name);
    if (domino === this.home) {
      throw new EngineError('rejected', `"${domino.name}" stays: the links of this bridge work on it`);
    }
    domino.close();
    rmSync(domino.root, { recursive: true, force: true });
    this.#others.delete(foldName(name));
  }

  /** In either spelling of the name; null = the home server. Throws `no-server`. */
  find(name: string | null): EmbeddedDomino {
    const found = name === null ? this.home : this.#known(name);
    if (found !== null) return found;
    const names = this.list().map((one) => `"${one.name}"`);
    throw new EngineError(
      'no-server',
      `there is no server "${name}", only ${names.join(', ')}; "bridge domino server add" makes one`,
    );
  }

  /** `PATH` on the home server, or `SERVER!!PATH`, as in a replication history. Throws `no-server`. */
  locate(address: string): DominoPlace {
    const at = address.indexOf(SEPARATOR);
    const domino = this.find(at === -1 ? null : address.slice(0, at));
    const filePath = at === -1 ? address : address.slice(at + SEPARATOR.length);
    return { domino, filePath, address: this.addressOf(domino, filePath) };
  }

  addressOf(domino: EmbeddedDomino, filePath: string): string {
    return domino === this.home ? filePath : `${domino.name}${SEPARATOR}${filePath}`;
  }

  /** Closes all, the home server too. */
  close(): void {
    for (const domino of this.list()) domino.close();
  }

  #known(name: string): EmbeddedDomino | null {
    if (foldName(name) === foldName(this.home.name)) return this.home;
    return this.#others.get(foldName(name))?.domino ?? null;
  }

  #open(name: string, root: string): EmbeddedDomino {
    const { groups, switches } = this.home;
    const domino = new EmbeddedDomino({
      root,
      name,
      groups,
      switches,
      ...(this.#timeSource === undefined ? {} : { timeSource: this.#timeSource }),
    });
    this.#others.set(foldName(name), { domino, root });
    return domino;
  }
}
