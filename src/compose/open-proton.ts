import { readFile } from 'node:fs/promises';
import type { LinkConfig } from '../../config/bridge-schema.ts';
import { createDominoDbModule } from '../../connectors/domino/embedded/proton/domino-db-module.ts';
import { DEFAULT_LIMITS } from '../../connectors/domino/proton/limits.ts';
import { openProtonDatabase } from '../../connectors/domino/proton/proton-database.ts';
import { openProtonServer, type ProtonServer } from '../../connectors/domino/proton/proton-server.ts';
import type { EmbeddedServer } from './open-domino.ts';
import { EMBEDDED_LIMITS, type OpenedPlace } from './opened-place.ts';

export type ProtonConfig = Extract<LinkConfig['database'], { via: 'proton' | 'embedded-proton' }>;

/** A database through `@domino/domino-db`. Links on one server with one identity share its connection. */
export async function openProton(
  database: ProtonConfig,
  forms: readonly string[],
  embedded: EmbeddedServer | null,
  servers: Map<string, Promise<ProtonServer>>,
): Promise<OpenedPlace> {
  const server = await serverOf(database, embedded, servers);
  const opened = await openProtonDatabase({ server, filePath: database.filePath, forms });
  return {
    serverName: server.name,
    writeMs: server.limits.writeMs,
    database: opened,
    openBeside: (filePath) => openProtonDatabase({ server, filePath }),
    probe: async (options) => ({ ...(await opened.probe(options)) }),
    close: () => opened.close(),
  };
}

function serverOf(
  database: ProtonConfig,
  embedded: EmbeddedServer | null,
  servers: Map<string, Promise<ProtonServer>>,
): Promise<ProtonServer> {
  const key =
    database.via === 'proton'
      ? `${database.hostName}:${database.port} ${database.identity}`
      : `embedded ${database.identity}`;
  const known = servers.get(key);
  if (known) return known;
  const server = database.via === 'proton' ? openRemote(database) : openEmbedded(database.identity, embedded);
  servers.set(key, server);
  return server;
}

async function openRemote(
  database: Extract<LinkConfig['database'], { via: 'proton' }>,
): Promise<ProtonServer> {
  const { credentials } = database;
  return openProtonServer({
    hostName: database.hostName,
    port: database.port,
    secure: database.secure,
    ...(credentials === null
      ? {}
      : {
          credentials: {
            rootCertificate: await readFile(credentials.rootCertificateFile),
            clientCertificate: await readFile(credentials.clientCertificateFile),
            clientKey: await readFile(credentials.clientKeyFile),
            ...(credentials.idFilePasswordFile === null
              ? {}
              : { idFilePassword: (await readFile(credentials.idFilePasswordFile, 'utf8')).trim() }),
          },
        }),
  });
}

async function openEmbedded(identity: string, embedded: EmbeddedServer | null): Promise<ProtonServer> {
  if (embedded === null)
    throw new Error('The configuration has a link "via: embedded-proton" but no "embedded" section');
  const module = createDominoDbModule({
    domino: embedded.domino,
    identity: { name: identity },
    faults: embedded.faults,
  });
  return openProtonServer({
    hostName: 'embedded',
    port: 3002,
    secure: false,
    loadModule: () => Promise.resolve(module),
    limits: { ...DEFAULT_LIMITS, ...EMBEDDED_LIMITS },
  });
}
