import type { BridgeConfig, LinkConfig } from '../../config/bridge-schema.ts';
import type { Instance, Link } from '../passes/pass-deps.ts';
import { type DominoWatch, watchedDatabase } from '../signals/watched-database.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { EmbeddedServer } from './open-domino.ts';
import { openPlace, OpenServers } from './open-place.ts';
import type { OpenedPlace } from './opened-place.ts';
import type { Releasers } from './releasers.ts';

const PASS_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface OpenedLink {
  readonly link: Link;
  readonly place: OpenedPlace;
}

/** Each link with its database opened through the way in that the configuration names. Makes no request to Domino. */
export async function openLinks(
  config: BridgeConfig,
  mappings: readonly Mapping[],
  embedded: EmbeddedServer | null,
  releasers: Releasers,
  watch: DominoWatch,
): Promise<readonly OpenedLink[]> {
  const servers = new OpenServers();
  const opened: OpenedLink[] = [];
  for (const settings of config.links) {
    const own = settings.mappings
      .map((form) => mappings.find((mapping) => mapping.form === form))
      .filter((mapping) => mapping !== undefined);
    const place = await openPlace(settings, settings.database, own, embedded, servers);
    releasers.add(`link ${settings.id}`, place.close);
    const standby: Instance[] = [];
    for (const database of standbysOf(settings.database)) {
      const other = await openPlace(settings, database, own, embedded, servers);
      releasers.add(`link ${settings.id} standby`, other.close);
      standby.push({
        instanceId: `${other.serverName}!!${database.filePath}`,
        database: watchedDatabase(other.database, settings.id, watch),
      });
    }
    opened.push({
      place,
      link: {
        id: settings.id,
        replicaSet: settings.replicaSet,
        instanceId: `${place.serverName}!!${settings.database.filePath}`,
        database: watchedDatabase(place.database, settings.id, watch),
        standby,
        ...(settings.failoverAfter === null ? {} : { failoverAfter: settings.failoverAfter }),
        marker: { renewMs: settings.marker.renewHours * HOUR_MS },
        mappings: own,
        limits: {
          deletes: settings.brake.deletes,
          updates: settings.brake.updates,
          overlapSeconds: settings.slices.overlapSeconds,
          settleSeconds: settings.slices.settleSeconds,
          writeDeadlineMs: place.writeMs,
          passMs: PASS_MS,
          batch: settings.batch,
        },
      },
    });
  }
  return opened;
}

/** Each standby as a database of its own, with all that it shares with the active one. */
function standbysOf(database: LinkConfig['database']): readonly LinkConfig['database'][] {
  switch (database.via) {
    case 'proton':
      return database.standby.map((place) => ({ ...database, ...place }));
    case 'rest':
      return database.standby.map((place) => ({ ...database, ...place }));
    case 'embedded-proton':
    case 'embedded-rest':
      return database.standby.map((place) => ({ ...database, ...place }));
  }
}
