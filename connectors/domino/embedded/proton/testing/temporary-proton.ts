import type { NotesIdentity } from '../../engine/identity.ts';
import { NotesUser } from '../../engine/notes-user.ts';
import { type TemporaryDomino, temporaryDomino } from '../../engine/testing/temporary-domino.ts';
import { FaultInjector } from '../../faults/fault-injector.ts';
import { createDominoDbModule } from '../domino-db-module.ts';
import type { ProtonDatabase, ProtonServer } from '../proton-api.ts';
import type { ProtonQuirks } from '../quirks.ts';

export interface TemporaryProton extends Disposable {
  readonly domino: TemporaryDomino;
  readonly server: ProtonServer;
  readonly database: ProtonDatabase;
  readonly faults: FaultInjector;
  /** A person in the same database. */
  readonly lan: NotesUser;
}

export const BRIDGE: NotesIdentity = { name: 'CN=Bridge/O=Party', roles: ['Bridge'] };

/** The face of a temporary server, opened as the bridge. */
export async function temporaryProton(
  options: {
    readonly quirks?: Partial<ProtonQuirks>;
    readonly identity?: NotesIdentity;
    readonly delay?: (ms: number) => Promise<void>;
  } = {},
): Promise<TemporaryProton> {
  const domino = temporaryDomino();
  const faults = new FaultInjector({ stepClock: (ms) => domino.domino.clock.step(ms) });
  const { useServer } = createDominoDbModule({
    domino: domino.domino,
    faults,
    ...options,
    identity: options.identity ?? BRIDGE,
  });
  const server = await useServer({ hostName: 'domino.test', connection: { port: '3002' } });
  return {
    domino,
    server,
    faults,
    database: await server.useDatabase({ filePath: 'members.nsf' }),
    lan: new NotesUser(domino.database, { name: 'CN=Lan/O=Party' }),
    [Symbol.dispose]: () => domino[Symbol.dispose](),
  };
}
