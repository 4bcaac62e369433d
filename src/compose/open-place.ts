import type { LinkConfig } from '../../config/bridge-schema.ts';
import type { ProtonServer } from '../../connectors/domino/proton/proton-server.ts';
import type { RestServer } from '../../connectors/domino/rest/rest-server.ts';
import type { Mapping } from '../sync/mapping.ts';
import { expectedForms } from './expected-forms.ts';
import type { EmbeddedServer } from './open-domino.ts';
import { openProton } from './open-proton.ts';
import { openEmbeddedRest, openRest } from './open-rest.ts';
import type { OpenedPlace } from './opened-place.ts';

/** Servers that are open already, so that the links of one server share what it may not be asked twice for. */
export class OpenServers {
  readonly proton = new Map<string, Promise<ProtonServer>>();
  readonly rest = new Map<string, RestServer>();
}

/** The active place of a link, or a standby of it, through the way in that the configuration names. Makes no request to Domino. */
export async function openPlace(
  settings: LinkConfig,
  database: LinkConfig['database'],
  mappings: readonly Mapping[],
  embedded: EmbeddedServer | null,
  servers: OpenServers,
): Promise<OpenedPlace> {
  const writes = settings.mode === 'propose' || settings.mode === 'sync';
  switch (database.via) {
    case 'proton':
    case 'embedded-proton':
      return openProton(database, settings.mappings, embedded, servers.proton);
    case 'rest':
      return openRest(database, expectedForms(mappings, writes), servers.rest);
    case 'embedded-rest':
      return openEmbeddedRest(database, expectedForms(mappings, writes), embedded);
  }
}
