import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { BridgeConfig } from '../config/bridge-schema.ts';
import { readAccess } from '../config/read-access.ts';
import { readMappings } from '../config/read-mappings.ts';
import {
  type InsideRole,
  INSIDE_ROLES,
  type OutsideRole,
  OUTSIDE_ROLES,
} from '../connectors/accounts/port.ts';
import { createAccounts } from '../connectors/accounts/postgres-accounts.ts';
import type { Accounts } from '../connectors/accounts/port.ts';
import { createDominoTools } from '../connectors/domino/embedded/tools/create-domino-tools.ts';
import type { AccessRules } from '../connectors/handbook/access-rules.ts';
import type { MembersHandbook } from '../connectors/handbook/members-port.ts';
import { PostgresHandbook } from '../connectors/handbook/postgres-handbook.ts';
import { installAccess } from '../connectors/handbook/postgres/access/install-access.ts';
import { PostgresMembersHandbook } from '../connectors/handbook/postgres-members-handbook.ts';
import { PostgresReadAudit } from '../connectors/handbook/postgres-read-audit.ts';
import { PostgresRetention } from '../connectors/handbook/postgres-retention.ts';
import { PostgresSubjects } from '../connectors/handbook/postgres-subjects.ts';
import { PostgresUploads } from '../connectors/handbook/postgres-uploads.ts';
import { fileInspector } from '../connectors/files/inspect-file.ts';
import { PostgresReadersHandbook } from '../connectors/handbook/postgres-readers-handbook.ts';
import { createJoseVerifier } from '../connectors/oidc/jose-verifier.ts';
import type { SqlPool } from '../connectors/postgres/pool/sql-pool.ts';
import { openSyncStore } from '../connectors/postgres/store/open-sync-store.ts';
import { openWatch } from '../connectors/postgres/watch/open-watch.ts';
import { openFileSpool } from '../connectors/spool/file-spool.ts';
import type { LinkJobs, LinkSchedule } from '../jobs/link-jobs.ts';
import { openLinkJobs } from '../jobs/link-jobs.ts';
import { BRIDGE_VERSION } from './compose/bridge-version.ts';
import { checkBridgeConfig } from './compose/check-bridge-config.ts';
import { checkJournal } from './compose/check-journal.ts';
import { contractOf } from './compose/contract-of.ts';
import { entitySchemas } from './compose/entity-schemas.ts';
import { DominoMeter } from './compose/counted-database.ts';
import { linkFacts } from './compose/link-facts.ts';
import { newId } from './compose/new-id.ts';
import { openAlerts } from './compose/open-alerts.ts';
import { openDatabases } from './compose/open-databases.ts';
import { type SampleProgress, openEmbeddedDomino } from './compose/open-domino.ts';
import { openLinks } from './compose/open-links.ts';
import { openMetrics } from './compose/open-metrics.ts';
import { noteSources } from './compose/open-note-source.ts';
import { openReports } from './compose/open-reports.ts';
import { openQueueStore } from './compose/open-queue-store.ts';
import { readMappingText } from './compose/read-mapping-text.ts';
import { probeOf } from './compose/probe-of.ts';
import { readinessOf } from './compose/readiness.ts';
import { openWebhooks } from './compose/open-webhooks.ts';
import { Releasers } from './compose/releasers.ts';
import { buildApp } from './http/app.ts';
import { DEFAULT_LIMITS, type RequestLimits } from './http/app-deps.ts';
import { accountCreate, accountPassword, accountsList, accountSignOut } from './operations/accounts.ts';
import { auditList } from './operations/audit-list.ts';
import { subjectErase, subjectExport } from './operations/subjects.ts';
import { linkOperations } from './operations/all-operations.ts';
import type { Bridge } from './operations/bridge.ts';
import { doctor } from './operations/doctor.ts';
import { viewDocument } from './operations/document-view.ts';
import { dominoOperations } from './operations/domino/domino-operations.ts';
import { mappingDraft } from './operations/mapping-draft.ts';
import { mappingTest } from './operations/mapping-test.ts';
import { OperationError, type Operation } from './operations/operation.ts';
import { reports } from './operations/reports.ts';
import { BlobTooLargeError } from './passes/blob-spool.ts';
import { readLiveNote } from './passes/live-note.ts';
import type { PassDeps } from './passes/pass-deps.ts';
import { registerLink } from './passes/register-link.ts';
import { dominoMetrics } from './signals/domino-metrics.ts';
import { Metrics } from './signals/metrics.ts';
import { passMetrics } from './signals/pass-metrics.ts';

export interface ComposeOptions {
  readonly config: BridgeConfig;
  /** Absolute, locked by the caller. */
  readonly dataDir: string;
  readonly log: Logger;
  readonly onSample?: SampleProgress;
}

/** The whole bridge, opened and migrated, with nothing running yet. */
export interface ComposedBridge {
  readonly bridge: Bridge;
  readonly operations: readonly Operation[];
  readonly accounts: { readonly inside: Accounts<InsideRole>; readonly outside: Accounts<OutsideRole> };
  /** The inside zone's database, likewise. */
  readonly inside: SqlPool;
  /** The outside zone's database, for who measures the statements themselves. */
  readonly outside: SqlPool;
  readonly access: AccessRules;
  /** The handbook as its members see it. */
  readonly members: MembersHandbook;
  readonly schedules: readonly LinkSchedule[];
  /** Notes that the sample databases were filled with at this start; null = none. */
  readonly sampleNotes: number | null;
  /** What runs where; for the start's own words. */
  readonly places: { readonly inside: string; readonly outside: string; readonly queue: string };
  openJobs(): Promise<LinkJobs>;
  buildApp(jobs: LinkJobs | null, localToken: string, limits?: RequestLimits): FastifyInstance;
  /** In reverse order of opening; may be called twice. */
  close(): Promise<void>;
}

/** Wires every adapter to every port: the only place that names them all. What was opened is closed again when a later part fails. */
export async function compose(options: ComposeOptions): Promise<ComposedBridge> {
  const releasers = new Releasers(options.log);
  try {
    return await open(options, releasers);
  } catch (error) {
    await releasers.close();
    throw error;
  }
}

async function open(
  { config, dataDir, log, onSample }: ComposeOptions,
  releasers: Releasers,
): Promise<ComposedBridge> {
  const mappings = readMappings(config.mappingsDir);
  const schemas = entitySchemas(mappings);
  const access = readAccess(config.accessFile, schemas);
  const databases = await openDatabases(config, dataDir, log, releasers);
  const embedded = await openEmbeddedDomino(config, dataDir, releasers, onSample ?? (() => undefined));
  const clock = {
    now: () => Date.now(),
    sleep: (ms: number, signal?: AbortSignal) =>
      sleep(ms, undefined, signal ? { signal } : {}).then(() => undefined),
  };
  const metrics = new Metrics();
  const calls = dominoMetrics(metrics, clock);
  const opened = await openLinks(config, mappings, embedded, releasers, calls);
  const meter = new DominoMeter();
  const links = opened.map(({ link }) => meter.counted(link));
  const store = openSyncStore(databases.inside, { now: () => new Date(clock.now()) });
  for (const settings of config.links)
    await registerLink(store, { linkId: settings.id, mode: settings.mode, replicaSet: settings.replicaSet });
  // Only the process that holds the data directory can work on its embedded Domino: whoever had these leases is dead.
  const embeddedLinks = config.links.filter((link) => link.database.via.startsWith('embedded-'));
  await store.endLeasesOfTheDead(embeddedLinks.map((link) => link.id));
  const watch = openWatch(databases.inside);
  await installAccess(databases.outside, access);
  const deps: PassDeps = {
    store,
    handbook: await PostgresHandbook.open(databases.outside),
    spool: await openFileSpool({
      directory: join(dataDir, 'spool'),
      tooLarge: (message) => new BlobTooLargeError(message),
    }),
    clock,
    newId,
    log,
    book: { put: (row) => watch.putPass(row), use: (linkId) => meter.use(linkId) },
    watch: passMetrics(metrics, clock),
  };
  const readers = await PostgresReadersHandbook.open(databases.outside, schemas, access);
  const sessionMs = config.accounts.sessionHours * 3_600_000;
  const insideAccounts = createAccounts({
    pool: databases.inside,
    schema: 'bridge',
    roles: INSIDE_ROLES,
    clock,
    sessionMs,
  });
  const outsideAccounts = createAccounts({
    pool: databases.outside,
    schema: 'handbook',
    roles: OUTSIDE_ROLES,
    clock,
    sessionMs,
  });
  const bridge: Bridge = {
    deps,
    links,
    verifyJournal: (linkId, onProgress) => checkJournal(store, linkId, onProgress),
    ...(config.accounts.fourEyes && {
      fourEyes: { ask: (request) => watch.putReleaseRequest(request) },
    }),
    checkConfig: (language) => checkBridgeConfig(config, mappings, links, language),
  };
  const openedReports = openReports(config, opened, bridge, databases.inside, calls);
  const tools = embedded && createDominoTools(embedded);
  const sources = noteSources(opened);
  const accounts = { inside: insideAccounts, outside: outsideAccounts };
  const webhooks = openWebhooks(config, databases.outside, { readers, accounts, schemas, clock }, releasers);
  const subjects = new PostgresSubjects(databases.outside);
  const operations = [
    ...linkOperations(bridge),
    ...webhooks.operations,
    mappingDraft(bridge, sources) as Operation,
    mappingTest(bridge, sources, (text) => readMappingText(config.mappingsDir, text)) as Operation,
    doctor(bridge, probeOf(opened), BRIDGE_VERSION) as Operation,
    ...dominoOperations(tools, contractOf(opened), probeOf(opened)),
    accountCreate(accounts) as Operation,
    accountPassword(accounts) as Operation,
    accountSignOut(accounts) as Operation,
    accountsList(accounts) as Operation,
    auditList({ audit: new PostgresReadAudit(databases.outside), outside: outsideAccounts }) as Operation,
    subjectExport(subjects) as Operation,
    subjectErase(subjects) as Operation,
    reports(openedReports.onRequest) as Operation,
  ];
  const queueStore = openQueueStore(config, databases, log, releasers);

  return {
    bridge,
    operations,
    accounts,
    access,
    inside: databases.inside,
    outside: databases.outside,
    members: new PostgresMembersHandbook(databases.outside, schemas),
    schedules: config.links.map(({ id, schedule }) => ({ linkId: id, ...schedule })),
    sampleNotes: embedded?.sampleNotes ?? null,
    places: {
      inside: databases.inside.kind === 'pglite' ? `PGlite in ${dataDir}` : 'PostgreSQL (DATABASE_URL)',
      outside:
        databases.outside.kind === 'pglite'
          ? `PGlite in ${dataDir}`
          : config.databases.outside.url === null
            ? 'PostgreSQL (DATABASE_URL)'
            : 'PostgreSQL (OUTSIDE_DATABASE_URL)',
      queue: queueStore.kind === 'redis' ? 'Redis (REDIS_URL)' : 'the same PostgreSQL as inside',
    },
    async openJobs() {
      const retention = {
        retention: new PostgresRetention(databases.outside),
        days: config.retention,
        uploads: new PostgresUploads(databases.outside, access),
        clock,
        dropExpiredSessions: async () =>
          (await insideAccounts.dropExpiredSessions()) + (await outsideAccounts.dropExpiredSessions()),
      };
      const jobs = await openLinkJobs(
        deps,
        links,
        queueStore,
        (run) => openedReports.round(run),
        retention,
        openAlerts(config, dataDir, bridge, databases),
        { watch, clock },
        webhooks.deliveries,
      );
      releasers.add('jobs', () => jobs.close());
      return jobs;
    },
    buildApp(jobs, localToken, limits = DEFAULT_LIMITS) {
      const app = buildApp({
        logger: log,
        readers,
        entitySchemas: schemas,
        uploads: new PostgresUploads(databases.outside, access),
        inspector: fileInspector,
        store,
        operations,
        accounts,
        readiness: readinessOf(databases),
        localToken,
        issuer: config.accounts.issuer === null ? null : createJoseVerifier(config.accounts.issuer, clock),
        liveNote: async (linkId, unid, signal) => {
          const link = links.find((candidate) => candidate.id === linkId);
          if (!link) throw new OperationError('not-found', `No link "${linkId}"`);
          return readLiveNote(deps, link, unid, signal);
        },
        watch,
        queue: jobs?.queue ?? null,
        consolePages: join(import.meta.dirname, 'web/dist/console'),
        facts: linkFacts(config.links, links),
        fourEyes: config.accounts.fourEyes,
        viewDocument: (pairId, signal) => viewDocument(bridge, pairId, signal),
        jobs: async () => (jobs ? jobs.overview() : { queues: [], recent: [] }),
        metrics: openMetrics({
          metrics,
          config,
          dataDir,
          store,
          databases,
          clock,
          queue: async () => (jobs ? jobs.counts() : null),
        }),
        clock,
        limits,
        web: config.server,
      });
      releasers.add('HTTP', () => app.close());
      return app;
    },
    close: () => releasers.close(),
  };
}

/** 256 random bits for the command line of this machine. */
export function newLocalToken(): string {
  return randomBytes(32).toString('base64url');
}
