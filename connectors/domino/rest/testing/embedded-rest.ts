import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedDomino } from '../../embedded/engine/embedded-domino.ts';
import type { EmbeddedDatabase } from '../../embedded/engine/embedded-database.ts';
import { FaultInjector } from '../../embedded/faults/fault-injector.ts';
import { createRestFace, type RestFace, type RestFaceOptions } from '../../embedded/rest/create-rest-face.ts';
import { mimeItem } from '../../embedded/rest/rich-text/mime-entity.ts';
import type { RestQuirks } from '../../embedded/rest/rest-quirks.ts';
import type { KeepSchemaInput } from '../../embedded/rest/schema/rest-schema.ts';
import type { ContractSubject } from '../../contract/contract-case.ts';
import { personAt } from '../../embedded/testing/person-at.ts';
import type { ServerLimits } from '../../wire/limits.ts';
import type { HttpTransport } from '../http.ts';
import { openInjectTransport } from '../inject-transport.ts';
import { openRestDatabase, type RestDatabase, type RestDatabaseOptions } from '../rest-database.ts';
import { openRestServer, type RestServer } from '../rest-server.ts';
import type { RestSignIn } from '../sign-in.ts';
import scratchSchema from '../scratch-schema.json' with { type: 'json' };

export const BRIDGE = { name: 'CN=Bridge/O=Party' } as const;
const START = Date.parse('2026-01-15T08:00:00.370Z');
export const FILE_PATH = 'party/scratch.nsf';
export const PASSWORD = 'not-a-secret';

export interface RestSubject extends ContractSubject {
  readonly database: RestDatabase;
  readonly domino: EmbeddedDomino;
  readonly stored: EmbeddedDatabase;
  readonly faults: FaultInjector;
  readonly face: RestFace;
  readonly server: RestServer;
}

export interface RestSubjectOptions {
  readonly quirks?: Partial<RestQuirks>;
  readonly limits?: Partial<ServerLimits>;
  readonly schema?: Partial<KeepSchemaInput>;
  readonly face?: Partial<RestFaceOptions>;
  readonly database?: Partial<RestDatabaseOptions>;
  readonly signIn?: RestSignIn;
  readonly clockRuns?: boolean;
  readonly loginPauseMs?: number;
  /** Over a socket of this machine instead of in-process. */
  readonly transport?: (
    face: RestFace,
  ) => Promise<{ readonly transport: HttpTransport; readonly baseUrl: URL }>;
}

export const byPassword = (password: string = PASSWORD): RestSignIn => ({
  kind: 'password',
  userName: BRIDGE.name,
  password: () => password,
});

/** The connector on the embedded Domino's REST face, with an empty database under scope `scratch`. */
export async function openEmbeddedRest(options: RestSubjectOptions = {}): Promise<RestSubject> {
  const root = mkdtempSync(join(tmpdir(), 'rest-'));
  const domino = new EmbeddedDomino({
    root,
    timeSource: options.clockRuns === true ? Date.now : () => START,
  });
  const stored = domino.createDatabase(FILE_PATH);
  const faults = new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  const schema = { ...scratchSchema, ...options.schema } as KeepSchemaInput;
  const face = await createRestFace({
    domino,
    scopes: [{ apiName: 'scratch', nsfPath: FILE_PATH, schema }],
    accounts: [{ password: PASSWORD, identity: { ...BRIDGE, access: 'editor' } }],
    faults,
    quirks: options.quirks ?? {},
    ...options.face,
  });
  const { transport, baseUrl } = options.transport
    ? await options.transport(face)
    : { transport: openInjectTransport(face.app), baseUrl: new URL('http://embedded:8880') };
  const server = openRestServer({
    baseUrl,
    signIn: options.signIn ?? byPassword(),
    transport,
    limits: { firstRetryDelayMs: 1, lastRetryDelayMs: 2, ...options.limits },
    ...(options.loginPauseMs === undefined ? {} : { loginPauseMs: options.loginPauseMs }),
  });
  const database = openRestDatabase({ server, scope: 'scratch', ...options.database });
  return {
    database,
    domino,
    stored,
    faults,
    face,
    server,
    person: {
      ...personAt(stored),
      writeRichText: async (unid, itemName, bytes) => {
        const html = `<p>${Buffer.from(bytes).toString('base64')}</p>`;
        const item = mimeItem(itemName, { type: 'text/html', text: html });
        stored.saveAs({ name: 'CN=Le Thi Thu/O=Party' }, unid, (items) => [...items, item]);
        return new Uint8Array(Buffer.from(html));
      },
    },
    advanceClock: (ms) => domino.clock.step(ms),
    close: async () => {
      await database.close();
      await server.close();
      await face.app.close();
      domino.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
