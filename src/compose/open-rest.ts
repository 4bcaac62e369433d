import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { LinkConfig } from '../../config/bridge-schema.ts';
import { createRestFace } from '../../connectors/domino/embedded/rest/create-rest-face.ts';
import { HARSH_REST_QUIRKS } from '../../connectors/domino/embedded/rest/rest-quirks.ts';
import type { ExpectedForm } from '../../connectors/domino/rest/findings.ts';
import { openInjectTransport } from '../../connectors/domino/rest/inject-transport.ts';
import { openRestDatabase, type RestDatabase } from '../../connectors/domino/rest/rest-database.ts';
import { openRestServer, type RestServer } from '../../connectors/domino/rest/rest-server.ts';
import scratchSchema from '../../connectors/domino/rest/scratch-schema.json' with { type: 'json' };
import { schemaFor } from '../../connectors/domino/rest/schema-for.ts';
import { findScope } from '../../connectors/domino/rest/server-facts.ts';
import type { RestSignIn } from '../../connectors/domino/rest/sign-in.ts';
import { openUndiciTransport } from '../../connectors/domino/rest/undici-transport.ts';
import type { EmbeddedServer } from './open-domino.ts';
import { EMBEDDED_LIMITS, type OpenedPlace, type PlaceDesign } from './opened-place.ts';

type RestConfig = Extract<LinkConfig['database'], { via: 'rest' }>;
type EmbeddedRestConfig = Extract<LinkConfig['database'], { via: 'embedded-rest' }>;

const CONNECT_MS = 10_000;

/** A database through HCL's Domino REST API. Links on one server with one identity share its token, so that they sign in once. */
export function openRest(
  database: RestConfig,
  expected: readonly ExpectedForm[],
  servers: Map<string, RestServer>,
): OpenedPlace {
  const key = `${database.baseUrl} ${database.identity}`;
  const server = servers.get(key) ?? openServer(database);
  servers.set(key, server);
  const open = (needs: readonly ExpectedForm[]) =>
    openRestDatabase({
      server,
      scope: database.scope,
      expected: needs,
      identity: database.identity,
      acceptLoss: database.acceptLoss,
      conditionalWrite: database.requireRevision,
      richTextAs: database.richTextAs,
      ...(database.changesView === null ? {} : { changesView: database.changesView }),
      ...(database.deletionAgent === null ? {} : { deletionAgent: database.deletionAgent }),
    });
  return placeOf(server, open(expected), open, async (filePath) =>
    openRestDatabase({ server, scope: await findScope(server.client, filePath, server.limits.readMs) }),
  );
}

/** The same way in over the embedded Domino, in this process: no socket, and a password that lives as long as the process. */
export async function openEmbeddedRest(
  database: EmbeddedRestConfig,
  expected: readonly ExpectedForm[],
  embedded: EmbeddedServer | null,
): Promise<OpenedPlace> {
  if (embedded === null)
    throw new Error('The configuration has a link "via: embedded-rest" but no "embedded" section');
  const open = async (
    filePath: string,
    schema: object,
  ): Promise<[RestServer, (expected: readonly ExpectedForm[]) => RestDatabase]> => {
    const password = randomBytes(24).toString('base64url');
    const startFace = () =>
      createRestFace({
        domino: embedded.domino,
        faults: embedded.faults,
        scopes: [{ apiName: 'link', nsfPath: filePath, schema }],
        accounts: [{ password, identity: { name: database.identity } }],
      });
    let face = Promise.resolve(await startFace());
    // A switch of the face changes which addresses there are: it starts again, and tokens are worthless.
    embedded.domino.switches.onChange((name) => {
      if (name in HARSH_REST_QUIRKS) face = startFace();
    });
    const server = openRestServer({
      baseUrl: new URL('http://embedded:8880'),
      signIn: { kind: 'password', userName: database.identity, password: () => password },
      transport: openInjectTransport({ inject: async (request) => (await face).app.inject(request) }),
      limits: EMBEDDED_LIMITS,
    });
    const { identity, acceptLoss, requireRevision } = database;
    const options = {
      server,
      scope: 'link',
      identity,
      acceptLoss,
      conditionalWrite: requireRevision,
    };
    return [server, (needs) => openRestDatabase({ ...options, expected: needs })];
  };
  const schema = schemaFor(expected, { name: 'link', requireRevision: database.requireRevision });
  const [server, opened] = await open(database.filePath, schema);
  return placeOf(server, opened(expected), opened, async (filePath) =>
    (await open(filePath, scratchSchema))[1]([]),
  );
}

function placeOf(
  server: RestServer,
  opened: RestDatabase,
  openFor: (expected: readonly ExpectedForm[]) => RestDatabase,
  openBeside: OpenedPlace['openBeside'],
): OpenedPlace {
  return {
    serverName: server.name,
    writeMs: server.limits.writeMs,
    database: opened,
    openBeside,
    probe: async (options) => ({ ...(await opened.probe(options)) }),
    design: designOf(opened, openFor),
    close: async () => {
      await opened.close();
      await server.close();
    },
  };
}

/** The schema behind a database; `openFor` opens it for the needs of other forms. */
export function designOf(
  opened: RestDatabase,
  openFor: (expected: readonly ExpectedForm[]) => RestDatabase,
): PlaceDesign {
  return {
    forms: (options) => opened.describeForms(options),
    open: (forms, headers) =>
      openFor(
        forms.map(({ form, items }) => ({
          form,
          creates: false,
          deletes: false,
          items: (items ?? []).map(({ name, kind, list, names }) => ({
            name,
            value:
              kind === 'datetime'
                ? 'instant'
                : kind === 'other'
                  ? 'text'
                  : kind === 'attachments'
                    ? 'text'
                    : kind,
            list,
            names,
            long: false,
            header: headers.some((header) => header.toLowerCase() === name.toLowerCase()),
            written: false,
          })),
        })),
      ),
  };
}

function openServer(database: RestConfig): RestServer {
  const { caFile, clientCertificateFile, clientKeyFile, proxy } = database;
  return openRestServer({
    baseUrl: new URL(database.baseUrl),
    signIn: signInOf(database.signIn),
    transport: openUndiciTransport({
      connections: 8,
      connectMs: CONNECT_MS,
      idleMs: 60_000,
      ...(caFile === null ? {} : { ca: readFileSync(caFile, 'utf8') }),
      ...(clientCertificateFile === null ? {} : { certificate: readFileSync(clientCertificateFile, 'utf8') }),
      ...(clientKeyFile === null ? {} : { key: readFileSync(clientKeyFile, 'utf8') }),
      ...(proxy === null ? {} : { proxy }),
    }),
  });
}

function signInOf(settings: RestConfig['signIn']): RestSignIn {
  const scope = settings.tokenScope === null ? {} : { scope: settings.tokenScope };
  switch (settings.kind) {
    case 'password':
      return {
        kind: 'password',
        userName: settings.userName,
        password: () => secretIn(settings.passwordFile),
        ...scope,
      };
    case 'client-credentials':
      return {
        kind: 'client-credentials',
        tokenUrl: new URL(settings.tokenUrl),
        clientId: settings.clientId,
        clientSecret: () => secretIn(settings.clientSecretFile),
        ...scope,
      };
    case 'oauth-refresh':
      return {
        kind: 'oauth-refresh',
        ...(settings.tokenUrl === null ? {} : { tokenUrl: new URL(settings.tokenUrl) }),
        clientId: settings.clientId,
        clientSecret: () => secretIn(settings.clientSecretFile),
        refreshToken: () => secretIn(settings.refreshTokenFile),
        keepRefreshToken: (token) => replaceSecret(settings.refreshTokenFile, token),
        ...scope,
      };
  }
}

/** Without the line end that editors and secret stores add. */
const secretIn = (file: string): string => readFileSync(file, 'utf8').replace(/\r?\n$/u, '');

/** The old token may be worthless already: the new one takes its place whole or not at all. */
function replaceSecret(file: string, token: string): void {
  writeFileSync(`${file}.new`, token, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
