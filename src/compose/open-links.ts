import { readFile } from 'node:fs/promises';
import type { BridgeConfig, LinkConfig } from '../../config/bridge-schema.ts';
import { createDominoDbModule } from '../../connectors/domino/embedded/proton/domino-db-module.ts';
import { DEFAULT_LIMITS } from '../../connectors/domino/proton/limits.ts';
import { openProtonDatabase, type ProtonDatabase } from '../../connectors/domino/proton/proton-database.ts';
import { openProtonServer, type ProtonServer } from '../../connectors/domino/proton/proton-server.ts';
import type { Instance, Link } from '../passes/pass-deps.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { EmbeddedServer } from './open-domino.ts';
import type { Releasers } from './releasers.ts';

/** A write to the embedded Domino is done or dead with this process; over the network it can land until both ends gave up. */
const EMBEDDED_WRITE_MS = 3_000;
const PASS_MS = 60_000;
const BATCH = 200;
const HOUR_MS = 3_600_000;

/** Opens another file of a link's server by the same way in (for the contract suite). */
export type OpenBeside = (filePath: string) => Promise<ProtonDatabase>;

export interface OpenedLink {
  readonly link: Link;
  readonly openBeside: OpenBeside;
}

/** Each link with its database opened through the way in that the configuration names. Makes no request to Domino. */
export async function openLinks(
  config: BridgeConfig,
  mappings: readonly Mapping[],
  embedded: EmbeddedServer | null,
  releasers: Releasers,
): Promise<readonly OpenedLink[]> {
  const servers = new Map<string, Promise<ProtonServer>>();
  const opened: OpenedLink[] = [];
  for (const settings of config.links) {
    const own = settings.mappings
      .map((form) => mappings.find((mapping) => mapping.form === form))
      .filter((mapping) => mapping !== undefined);
    const server = await serverOf(settings.database, embedded, servers);
    const openBeside: OpenBeside = (filePath) => openProtonDatabase({ server, filePath });
    const database = await openProtonDatabase({
      server,
      filePath: settings.database.filePath,
      forms: settings.mappings,
    });
    releasers.add(`link ${settings.id}`, () => database.close());
    const standby: Instance[] = [];
    for (const place of settings.database.standby) {
      const itsServer = await serverOf({ ...settings.database, ...place }, embedded, servers);
      const itsDatabase = await openProtonDatabase({
        server: itsServer,
        filePath: place.filePath,
        forms: settings.mappings,
      });
      releasers.add(`link ${settings.id} standby`, () => itsDatabase.close());
      standby.push({ instanceId: `${itsServer.name}!!${place.filePath}`, database: itsDatabase });
    }
    opened.push({
      openBeside,
      link: {
        id: settings.id,
        replicaSet: settings.replicaSet,
        instanceId: `${server.name}!!${settings.database.filePath}`,
        database,
        standby,
        ...(settings.failoverAfter === null ? {} : { failoverAfter: settings.failoverAfter }),
        marker: { renewMs: settings.marker.renewHours * HOUR_MS },
        mappings: own,
        limits: {
          deletes: settings.brake.deletes,
          updates: settings.brake.updates,
          overlapSeconds: settings.slices.overlapSeconds,
          settleSeconds: settings.slices.settleSeconds,
          writeDeadlineMs: server.limits.writeMs,
          passMs: PASS_MS,
          batch: BATCH,
        },
      },
    });
  }
  return opened;
}

function serverOf(
  database: LinkConfig['database'],
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
    limits: { ...DEFAULT_LIMITS, writeMs: EMBEDDED_WRITE_MS, readMs: 10_000 },
  });
}
