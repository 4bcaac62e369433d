import type { EmbeddedDomino } from '../../../connectors/domino/embedded/engine/embedded-domino.ts';
import type { FaultInjector } from '../../../connectors/domino/embedded/faults/fault-injector.ts';
import { createDominoDbModule } from '../../../connectors/domino/embedded/proton/domino-db-module.ts';
import type { RestQuirks } from '../../../connectors/domino/embedded/rest/rest-quirks.ts';
import type { NotesDatabase } from '../../../connectors/domino/port.ts';
import { DEFAULT_LIMITS } from '../../../connectors/domino/proton/limits.ts';
import { openProtonDatabase } from '../../../connectors/domino/proton/proton-database.ts';
import { openInjectTransport } from '../../../connectors/domino/rest/inject-transport.ts';
import { openRestDatabase } from '../../../connectors/domino/rest/rest-database.ts';
import { openRestServer } from '../../../connectors/domino/rest/rest-server.ts';
import { schemaFor } from '../../../connectors/domino/rest/schema-for.ts';
import { expectedForms } from '../../compose/expected-forms.ts';
import type { Mapping } from '../../sync/mapping.ts';

export type Way = 'proton' | 'direct' | 'rest';

export interface WayOptions {
  readonly domino: EmbeddedDomino;
  readonly faults: FaultInjector;
  readonly filePath: string;
  readonly mappings: readonly Mapping[];
  readonly restQuirks?: Partial<RestQuirks>;
}

const IDENTITY = { name: 'CN=Cau noi So tay/O=Mau' };
const LIMITS = { readMs: 5_000, writeMs: 400 };

/** A file of the embedded Domino, opened by a way in as compose.ts would open it, with times short enough for tests. */
export async function openWay(way: Way, options: WayOptions): Promise<NotesDatabase> {
  const { domino, faults, filePath, mappings } = options;
  const forms = mappings.map(({ form }) => form);
  if (way === 'direct') {
    const { openDirectDatabase } = await import(
      '../../../connectors/domino/embedded/direct/open-direct-database.ts'
    );
    return openDirectDatabase({ domino, filePath, identity: IDENTITY, forms });
  }
  if (way === 'rest') return openRestWay(options);
  const module = createDominoDbModule({ domino, identity: IDENTITY, faults });
  return openProtonDatabase({
    server: {
      hostName: 'embedded',
      port: 3002,
      secure: false,
      loadModule: () => Promise.resolve(module),
      limits: { ...DEFAULT_LIMITS, ...LIMITS },
    },
    filePath,
    forms,
  });
}

/** Over HCL's REST API in this process, with the schema that the mappings want. */
async function openRestWay({
  domino,
  faults,
  filePath,
  mappings,
  restQuirks,
}: WayOptions): Promise<NotesDatabase> {
  const { createRestFace } = await import('../../../connectors/domino/embedded/rest/create-rest-face.ts');
  const expected = expectedForms(mappings, true);
  const face = await createRestFace({
    domino,
    faults,
    scopes: [{ apiName: 'tacnghiep', nsfPath: filePath, schema: schemaFor(expected, { name: 'tacnghiep' }) }],
    accounts: [{ password: 'not-a-secret', identity: IDENTITY }],
    ...(restQuirks === undefined ? {} : { quirks: restQuirks }),
  });
  const server = openRestServer({
    baseUrl: new URL('http://embedded:8880'),
    signIn: { kind: 'password', userName: IDENTITY.name, password: () => 'not-a-secret' },
    transport: openInjectTransport(face.app),
    limits: { ...LIMITS, firstRetryDelayMs: 1, lastRetryDelayMs: 2 },
  });
  return openRestDatabase({ server, scope: 'tacnghiep', expected, identity: IDENTITY.name });
}
