import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { readAccess } from '../../../../config/read-access.ts';
import { readMappings } from '../../../../config/read-mappings.ts';
import { handbookMigrations } from '../../../../connectors/handbook/migrations/handbook-migrations.ts';
import { installAccess } from '../../../../connectors/handbook/postgres/access/install-access.ts';
import { PostgresHandbook } from '../../../../connectors/handbook/postgres-handbook.ts';
import { PostgresUploads } from '../../../../connectors/handbook/postgres-uploads.ts';
import { PostgresReadersHandbook } from '../../../../connectors/handbook/postgres-readers-handbook.ts';
import { migrate } from '../../../../connectors/postgres/migrate.ts';
import { type DatabaseKind, databaseKinds } from '../../../../connectors/postgres/pool/testing/databases.ts';
import type { SqlPool } from '../../../../connectors/postgres/pool/sql-pool.ts';
import type { OutsideRole } from '../../../../connectors/accounts/port.ts';
import { entitySchemas } from '../../../compose/entity-schemas.ts';
import type { Fields } from '../../../sync/values.ts';
import type { AppDeps } from '../../app-deps.ts';
import { ZONE_PREFIX } from '../../bearer-token.ts';
import { PASSWORD, testApp, type TestApp } from '../../testing/test-app.ts';

const CONFIG = join(import.meta.dirname, '../../../../config');

export interface HandbookApp extends Pick<TestApp, 'app' | 'accounts' | 'state' | 'logLines'> {
  readonly handbook: PostgresHandbook;
  readonly uploads: PostgresUploads;
  readonly pool: SqlPool;
  /** A live record, or the next version of it; its id. */
  put(entity: string, key: string, set: Fields): Promise<string>;
  idOf(entity: string, key: string): string;
  remove(entity: string, key: string, how: 'hide' | 'remove' | 'withdraw'): Promise<void>;
  account(role: OutsideRole, who: { memberKey?: string; organisationCode?: string }): Promise<Headers>;
  get(url: string, headers: Headers): Promise<{ readonly status: number; readonly body: Answer }>;
  send(headers: Headers, ...mutations: object[]): Promise<Answer[]>;
  /** No records any more; accounts and rules stay. */
  clear(): Promise<void>;
  /** Resolves when everything done so far can be told. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type Headers = Record<string, string>;

/** JSON of any shape: a test says what it expects of it. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = any;

/** The HTTP application over the real store, with the mappings and rules that come with the bridge. */
export async function openHandbookApp(
  changes: Partial<AppDeps> = {},
  kind: DatabaseKind = databaseKinds[0] as DatabaseKind,
): Promise<HandbookApp> {
  const database = await kind.open();
  const pool = database.pool();
  await migrate(pool, { schema: 'handbook', migrations: handbookMigrations });
  const schemas = entitySchemas(readMappings(join(CONFIG, 'mappings')));
  const access = readAccess(join(CONFIG, 'access.yaml'), schemas);
  await installAccess(pool, access);
  const handbook = await PostgresHandbook.open(pool);
  const readers = await PostgresReadersHandbook.open(pool, schemas, access);
  const uploads = new PostgresUploads(pool, access);
  const t = testApp({
    readers,
    entitySchemas: schemas,
    uploads,
    limits: { perMinute: 1e9, perAccountPerMinute: 1e9, logInsPerMinute: 1e9 },
    ...changes,
  });
  const known = new Map<string, { id: string; version: number }>();
  const at = (entity: string, key: string) => {
    const record = known.get(`${entity} ${key}`) ?? { id: randomUUID(), version: 0 };
    known.set(`${entity} ${key}`, record);
    return record;
  };
  const apply = async (entity: string, key: string, op: object) => {
    const record = at(entity, key);
    const [outcome] = await handbook.apply([
      { opId: randomUUID(), recordId: record.id, entity, expectedVersion: record.version, ...op } as never,
    ]);
    // Somebody else was here: the next attempt knows.
    if (outcome?.kind === 'stale') record.version = outcome.version;
    if (outcome?.kind !== 'applied') throw new Error(`not applied: ${JSON.stringify(outcome)}`);
    record.version = outcome.version;
    return record.id;
  };
  return {
    app: t.app,
    accounts: t.accounts,
    state: t.state,
    logLines: t.logLines,
    handbook,
    uploads,
    pool,
    put: (entity, key, set) => apply(entity, key, { kind: 'put', key, set }),
    idOf: (entity, key) => at(entity, key).id,
    remove: async (entity, key, how) => {
      await apply(entity, key, how === 'withdraw' ? { kind: how, held: {} } : { kind: how });
    },
    async account(role, { memberKey, organisationCode }) {
      const { id } = await t.accounts.outside.create({
        name: `${role}-${randomUUID()}`,
        role,
        password: PASSWORD,
        memberKey: memberKey ?? null,
        organisationCode: organisationCode ?? null,
      });
      const { token } = await t.accounts.outside.openSession(id);
      return { authorization: `Bearer ${ZONE_PREFIX.outside}${token}` };
    },
    async get(url, headers) {
      const answer = await t.app.inject({ url: `/api/handbook/v1${url}`, headers });
      const json = String(answer.headers['content-type']).includes('json');
      return { status: answer.statusCode, body: json ? answer.json() : answer.body };
    },
    async send(headers, ...mutations) {
      const answer = await t.app.inject({
        method: 'POST',
        url: '/api/handbook/v1/mutations',
        headers,
        payload: { clientId: 'phone', mutations },
      });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json().results;
    },
    async clear() {
      await pool.query(
        'truncate handbook.record, handbook.feed, handbook.mutation, handbook.applied_op cascade',
      );
      known.clear();
    },
    async settled() {
      const { rows } = await pool.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
      for (let past = false; !past; ) {
        const asked = await pool.query<{ past: boolean }>(
          'select $1::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as past',
          [rows[0]?.xid],
        );
        past = asked.rows[0]?.past === true;
      }
    },
    async close() {
      await t.app.close();
      await database.close();
    },
  };
}
