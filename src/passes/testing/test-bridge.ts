import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMappings } from '../../../config/read-mappings.ts';
import type { EmbeddedDatabase } from '../../../connectors/domino/embedded/engine/embedded-database.ts';
import { EmbeddedDomino } from '../../../connectors/domino/embedded/engine/embedded-domino.ts';
import { NotesUser } from '../../../connectors/domino/embedded/engine/notes-user.ts';
import { FaultInjector } from '../../../connectors/domino/embedded/faults/fault-injector.ts';
import type { RestQuirks } from '../../../connectors/domino/embedded/rest/rest-quirks.ts';
import type { NotesDatabase } from '../../../connectors/domino/port.ts';
import type { MembersHandbook, MutationResult } from '../../../connectors/handbook/members-port.ts';
import { handbookMigrations } from '../../../connectors/handbook/migrations/handbook-migrations.ts';
import type { Handbook } from '../../../connectors/handbook/port.ts';
import { PostgresHandbook } from '../../../connectors/handbook/postgres-handbook.ts';
import { PostgresMembersHandbook } from '../../../connectors/handbook/postgres-members-handbook.ts';
import { migrate } from '../../../connectors/postgres/migrate.ts';
import { bridgeMigrations } from '../../../connectors/postgres/migrations/bridge-migrations.ts';
import type { SqlPool } from '../../../connectors/postgres/pool/sql-pool.ts';
import type { LinkMode, SyncStore } from '../../../connectors/postgres/port.ts';
import { verifyJournal } from '../../../connectors/postgres/store/journal-chain.ts';
import { openSyncStore } from '../../../connectors/postgres/store/open-sync-store.ts';
import { openFileSpool } from '../../../connectors/spool/file-spool.ts';
import { entitySchemas } from '../../compose/entity-schemas.ts';
import type { Bridge } from '../../operations/bridge.ts';
import type { OperationContext } from '../../operations/operation.ts';
import { syncOnce, type SyncOnceResult } from '../../operations/sync-once.ts';
import { verify, type VerifyAnswer } from '../../operations/verify.ts';
import type { Mapping } from '../../sync/mapping.ts';
import type { Fields } from '../../sync/values.ts';
import { BlobTooLargeError } from '../blob-spool.ts';
import { lendPools } from './lend-pools.ts';
import { openWay, type Way } from './open-way.ts';
import type { Link, LinkLimits, PassDeps } from '../pass-deps.ts';

export interface TestBridgeOptions {
  /** Forms of the link, parents first. */
  readonly forms: readonly string[];
  readonly way?: Way;
  readonly restQuirks?: Partial<RestQuirks>;
  readonly mode?: LinkMode;
  readonly limits?: Partial<LinkLimits>;
  /** Files are marked, anew after so long. */
  readonly renewMs?: number;
  readonly entityMappings?: (
    mapping: import('../../sync/mapping.ts').Mapping,
  ) => import('../../sync/mapping.ts').Mapping;
  /** Instead of those of the configuration. */
  readonly mappings?: readonly Mapping[];
  /** Stores to use instead of PGlite in memory; closed by whoever opened them. */
  readonly pools?: { readonly inside: SqlPool; readonly outside: SqlPool };
}

export interface Instead {
  readonly link: Link;
  readonly deps: PassDeps;
}

const REPLICA_SET = '4725880000AA0009';

/** The whole engine over real parts (embedded Domino on disk, PostgreSQL in memory), without HTTP and queue. Everything a test may want to touch. */
export interface TestBridge {
  readonly store: SyncStore;
  readonly handbook: Handbook;
  readonly members: MembersHandbook;
  readonly domino: EmbeddedDomino;
  readonly file: EmbeddedDatabase;
  readonly faults: FaultInjector;
  readonly deps: PassDeps;
  readonly link: Link;
  readonly bridge: Bridge;
  readonly context: OperationContext;
  readonly pools: { readonly inside: SqlPool; readonly outside: SqlPool };
  person(name?: string): NotesUser;
  /** Another file of the same server by the same way in; closed with the bridge. */
  openBeside(filePath: string): Promise<NotesDatabase>;
  /** `instead` takes the place of parts for this run: a link that is configured otherwise, a port that fails. */
  sync(acceptPreview?: string, instead?: Partial<Instead>): Promise<SyncOnceResult>;
  /** Our clock goes ahead; Domino's and PostgreSQL's do not. */
  advance(ms: number): void;
  verify(): Promise<VerifyAnswer>;
  /** The member's phone sends one change. */
  mutate(
    recordId: string,
    entity: string,
    baseVersion: number,
    fields: Fields,
    mutationId?: string,
  ): Promise<MutationResult>;
  record(
    entity: string,
    key: string,
  ): Promise<import('../../../connectors/handbook/port.ts').HandbookRecord | null>;
  /** Every row of both schemas as text. */
  dump(): Promise<string>;
  /** All that was logged. */
  readonly logged: string[];
  journalIntact(): Promise<boolean>;
  close(): Promise<void>;
}

export async function openTestBridge(options: TestBridgeOptions): Promise<TestBridge> {
  const directory = await mkdtemp(join(tmpdir(), 'bridge-pass-'));
  const lent = options.pools ? null : await lendPools();
  const pools = options.pools ?? (lent as NonNullable<typeof lent>).pools;
  await migrate(pools.inside, { schema: 'bridge', migrations: bridgeMigrations });
  await migrate(pools.outside, { schema: 'handbook', migrations: handbookMigrations });
  const domino = new EmbeddedDomino({ root: join(directory, 'domino'), name: 'CN=DOMINO-MAU/O=Mau' });
  const file = domino.createDatabase('tacnghiep.nsf', {
    title: 'Điều hành tác nghiệp',
    replicaId: REPLICA_SET,
  });
  const faults = new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  const beside: NotesDatabase[] = [];
  const mappings = (
    options.mappings ?? readMappings(join(import.meta.dirname, '../../../config/mappings'))
  ).map((mapping) => options.entityMappings?.(mapping) ?? mapping);
  const own = options.forms
    .map((form) => mappings.find((mapping) => mapping.form === form))
    .filter((mapping) => mapping !== undefined);
  const open = (filePath: string) =>
    openWay(options.way ?? 'proton', {
      domino,
      faults,
      filePath,
      mappings: own,
      ...(options.restQuirks === undefined ? {} : { restQuirks: options.restQuirks }),
    });
  const database = await open('tacnghiep.nsf');
  let ahead = 0;
  const clock = {
    now: () => Date.now() + ahead,
    sleep: (ms: number, signal?: AbortSignal) =>
      sleep(ms, undefined, signal ? { signal } : {}).then(() => undefined),
  };
  const store = openSyncStore(pools.inside, { now: () => new Date(clock.now()) });
  const logged: string[] = [];
  const line = (fields: Record<string, unknown>, message: string) =>
    void logged.push(`${JSON.stringify(fields)} ${message}`);
  const deps: PassDeps = {
    store,
    handbook: await PostgresHandbook.open(pools.outside),
    spool: await openFileSpool({
      directory: join(directory, 'spool'),
      tooLarge: (message) => new BlobTooLargeError(message),
    }),
    clock,
    newId: randomUUID,
    log: { info: line, warn: line, error: line },
  };
  const link: Link = {
    id: 'thu',
    replicaSet: REPLICA_SET,
    instanceId: 'embedded!!tacnghiep.nsf',
    database,
    mappings: own,
    ...(options.renewMs === undefined ? {} : { marker: { renewMs: options.renewMs } }),
    limits: {
      deletes: { floor: 20, share: 0.02 },
      updates: { floor: 50, share: 0.2 },
      overlapSeconds: 300,
      settleSeconds: 2,
      writeDeadlineMs: 400,
      passMs: 60_000,
      batch: 200,
      ...options.limits,
    },
  };
  await store.registerLink({ linkId: link.id, mode: options.mode ?? 'sync', replicaSet: REPLICA_SET });
  const bridge: Bridge = {
    deps,
    links: [link],
    verifyJournal: async () => ({ link: link.id, ok: true, rows: 0, brokenAt: null }),
    checkConfig: async () => ({ ok: true, findings: [], mappings: [] }),
  };
  const context: OperationContext = {
    by: 'tester',
    signal: new AbortController().signal,
    progress: () => undefined,
  };
  const members = new PostgresMembersHandbook(pools.outside, entitySchemas(mappings));
  return {
    store,
    handbook: deps.handbook,
    members,
    domino,
    file,
    faults,
    deps,
    link,
    bridge,
    context,
    pools,
    logged,
    person: (name = 'CN=Nguyen Van Thu/O=Mau') => new NotesUser(file, { name, access: 'manager' }),
    async openBeside(filePath) {
      const opened = await open(filePath);
      beside.push(opened);
      return opened;
    },
    sync: (acceptPreview, instead) =>
      syncOnce({
        ...bridge,
        ...(instead?.link ? { links: [instead.link] } : {}),
        ...(instead?.deps ? { deps: instead.deps } : {}),
      }).run(acceptPreview === undefined ? {} : { acceptPreview }, context),
    advance: (ms) => {
      ahead += ms;
    },
    verify: () => verify(bridge).run({}, context),
    mutate: (recordId, entity, baseVersion, fields, mutationId = randomUUID()) =>
      members.mutate({
        clientId: 'phone',
        mutationId,
        accountId: 'tester',
        kind: 'update',
        entity,
        recordId,
        baseVersion,
        fields,
      }),
    record: async (entity, key) => (await deps.handbook.readByKey(entity, [key]))[0] ?? null,
    dump: () => dump(pools),
    async journalIntact() {
      const rows = await store.journal(link.id, 0, 100_000);
      return verifyJournal(rows).intact;
    },
    async close() {
      await database.close();
      for (const opened of beside) await opened.close();
      domino.close();
      await lent?.giveBack();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function dump(pools: { readonly inside: SqlPool; readonly outside: SqlPool }): Promise<string> {
  const parts: string[] = [];
  for (const [pool, schema] of [
    [pools.inside, 'bridge'],
    [pools.outside, 'handbook'],
  ] as const) {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1`,
      [schema],
    );
    for (const { name } of rows) {
      // bytea as text would hide a word: both spellings are dumped.
      const { rows: lines } = await pool.query<{ line: string }>(
        `SELECT t::text AS line FROM "${schema}"."${name}" t`,
      );
      for (const { line } of lines) parts.push(line, hexToText(line));
    }
  }
  return parts.join('\n');
}

function hexToText(line: string): string {
  return [...line.matchAll(/\\x([0-9a-f]{8,})/g)]
    .map((match) => Buffer.from(match[1] ?? '', 'hex').toString('utf8'))
    .join('\n');
}
