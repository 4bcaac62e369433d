import type { DominoPlace, DominoServers } from '../engine/domino-servers.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { asTool } from './tool-errors.ts';

type Named = { readonly database: string };

/** Does work on databases by their addresses, and gives the answer the address that was asked for. */
export class OnServers {
  readonly servers: DominoServers;

  constructor(servers: DominoServers) {
    this.servers = servers;
  }

  /** The work gets the server and the path there. Throws `DominoToolError`. */
  database<T extends Named>(address: string, work: (domino: EmbeddedDomino, filePath: string) => T): T {
    return asTool(() => {
      const { domino, filePath, ...place } = this.servers.locate(address);
      return { ...work(domino, filePath), database: place.address };
    });
  }

  /** Throws what cannot be located as a `DominoToolError`. */
  place(address: string): DominoPlace {
    return asTool(() => this.servers.locate(address));
  }

  /** The same of every server, with the address of each. */
  all<T extends Named>(work: (domino: EmbeddedDomino) => readonly T[]): T[] {
    return asTool(() =>
      this.servers
        .list()
        .flatMap((domino) =>
          work(domino).map((one) => ({ ...one, database: this.servers.addressOf(domino, one.database) })),
        ),
    );
  }
}
