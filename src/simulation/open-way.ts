import { openDirectDatabase } from '../../connectors/domino/embedded/direct/open-direct-database.ts';
import type { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import { createDominoDbModule } from '../../connectors/domino/embedded/proton/domino-db-module.ts';
import { createRestFace } from '../../connectors/domino/embedded/rest/create-rest-face.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import { DEFAULT_LIMITS } from '../../connectors/domino/proton/limits.ts';
import { openProtonDatabase } from '../../connectors/domino/proton/proton-database.ts';
import { openInjectTransport } from '../../connectors/domino/rest/inject-transport.ts';
import { openRestDatabase } from '../../connectors/domino/rest/rest-database.ts';
import { openRestServer } from '../../connectors/domino/rest/rest-server.ts';
import { openUndiciTransport } from '../../connectors/domino/rest/undici-transport.ts';
import { schemaFor } from '../../connectors/domino/rest/schema-for.ts';
import { expectedForms } from '../compose/expected-forms.ts';
import type { Mapping } from '../sync/mapping.ts';

/** The ways into Domino that a history can take. `rest` asks HCL's REST API in this process, `socket` over TCP. */
export const WAYS = ['direct', 'proton', 'rest', 'socket'] as const;
export type Way = (typeof WAYS)[number];

export const isThroughRest = (way: Way): boolean => way === 'rest' || way === 'socket';

const IDENTITY = { name: 'CN=Cau noi So tay/O=Mau' };
const CONNECTIONS = { connections: 4, connectMs: 2_000, idleMs: 20_000 };
const SCOPE = 'mophong';
const PASSWORD = 'not-a-secret';

/** The file, opened by the way in. Closing it closes what was opened for it. */
export async function openByWay(
  way: Way,
  domino: EmbeddedDomino,
  filePath: string,
  mappings: readonly Mapping[],
): Promise<NotesDatabase> {
  const forms = mappings.map(({ form }) => form);
  if (way === 'direct') return openDirectDatabase({ domino, filePath, identity: IDENTITY, forms });
  if (isThroughRest(way)) return openByRest(domino, filePath, mappings, way === 'socket');
  const module = createDominoDbModule({ domino, identity: IDENTITY });
  return openProtonDatabase({
    server: {
      hostName: 'mo-phong',
      port: 3002,
      secure: false,
      loadModule: () => Promise.resolve(module),
      limits: DEFAULT_LIMITS,
    },
    filePath,
    forms,
  });
}

async function openByRest(
  domino: EmbeddedDomino,
  filePath: string,
  mappings: readonly Mapping[],
  overSocket: boolean,
): Promise<NotesDatabase> {
  const expected = expectedForms(mappings, true);
  const face = await createRestFace({
    domino,
    scopes: [{ apiName: SCOPE, nsfPath: filePath, schema: schemaFor(expected, { name: SCOPE }) }],
    accounts: [{ password: PASSWORD, identity: IDENTITY }],
    random: () => 0.5,
  });
  const server = openRestServer({
    baseUrl: new URL(
      overSocket ? await face.app.listen({ host: '127.0.0.1', port: 0 }) : 'http://embedded:8880',
    ),
    signIn: { kind: 'password', userName: IDENTITY.name, password: () => PASSWORD },
    transport: overSocket ? openUndiciTransport(CONNECTIONS) : openInjectTransport(face.app),
  });
  const database = openRestDatabase({ server, scope: SCOPE, expected, identity: IDENTITY.name });
  const closeDatabase = database.close.bind(database);
  return Object.assign(database, {
    close: async () => {
      await closeDatabase();
      await server.close();
      await face.app.close();
    },
  });
}
