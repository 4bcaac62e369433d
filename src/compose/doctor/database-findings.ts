import type { BridgeConfig } from '../../../config/bridge-schema.ts';
import { openPostgres } from '../../../connectors/postgres/pool/open-postgres.ts';
import type { SqlPool } from '../../../connectors/postgres/pool/sql-pool.ts';
import { type Finding, fine, problem, warning } from '../../operations/finding.ts';
import { MIGRATION_SETS } from '../migration-sets.ts';
import { outsideRoleUrl } from '../outside-role.ts';
import { skewFinding } from './skew-finding.ts';

type Zone = 'inside' | 'outside';

/** Each zone's PostgreSQL: whether it answers, its version, clock, encryption, migrations, and what its role may reach. */
export async function databaseFindings(config: BridgeConfig): Promise<readonly Finding[]> {
  const inside = config.databases.inside.url?.reveal() ?? null;
  const outside = config.databases.outside.url?.reveal() ?? (inside && (await outsideOf(inside)));
  const of = async (zone: Zone, url: string | null): Promise<readonly Finding[]> => {
    if (url === null) return [fine('database', zone, 'PGlite in the data directory')];
    const pool = openPostgres({ url, max: 1, applicationName: 'bridge doctor', connectTimeoutMs: 5_000 });
    try {
      return await lookAt(pool, zone, url);
    } catch (error) {
      return [problem('database', zone, reasonOf(error), adviceOn(error, zone))];
    } finally {
      await pool.close();
    }
  };
  return [...(await of('inside', inside)), ...(await of('outside', outside))];
}

/** The role that a start has made for it, where there is one. */
async function outsideOf(inside: string): Promise<string> {
  const pool = openPostgres({
    url: inside,
    max: 1,
    applicationName: 'bridge doctor',
    connectTimeoutMs: 5_000,
  });
  const quiet = { info: () => undefined, warn: () => undefined };
  try {
    return (await outsideRoleUrl(inside, pool, quiet, false)) ?? inside;
  } catch {
    return inside;
  } finally {
    await pool.close();
  }
}

async function lookAt(pool: SqlPool, zone: Zone, url: string): Promise<readonly Finding[]> {
  const asked = Date.now();
  const { rows } = await pool.query<{
    version: string;
    at: Date;
    ssl: boolean | null;
    inside: boolean | null;
  }>(
    `select current_setting('server_version') as version, clock_timestamp() as at,
       (select s.ssl from pg_stat_ssl s where s.pid = pg_backend_pid()) as ssl,
       case when to_regnamespace('bridge') is null then null else has_schema_privilege('bridge', 'usage') end as inside`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no answer');
  const findings = [fine('database', zone, `PostgreSQL ${row.version} answers`)];
  findings.push(skewFinding(zone, row.at.getTime(), asked, Date.now()));
  const { hostname } = new URL(url);
  if (row.ssl !== true && !['', 'localhost', '127.0.0.1', '[::1]'].includes(hostname))
    findings.push(
      warning(
        'database',
        zone,
        'the connection is not encrypted',
        'add ?sslmode=verify-full&sslrootcert=FILE to the address',
      ),
    );
  if (zone === 'outside' && row.inside === true)
    findings.push(
      warning(
        'database',
        zone,
        'its role may use the schema of the inside zone',
        'see "PostgreSQL and Redis" in docs/operations.md: let the bridge make a role, or name one by OUTSIDE_DATABASE_URL',
      ),
    );
  return [...findings, ...(await migrationFindings(pool, zone))];
}

async function migrationFindings(pool: SqlPool, zone: Zone): Promise<readonly Finding[]> {
  const waiting: string[] = [];
  const unknown: string[] = [];
  for (const { schema, table = 'migration', migrations } of MIGRATION_SETS[zone]) {
    const { rows: there } = await pool.query<{ there: boolean }>(
      `select to_regclass($1) is not null as there`,
      [`${schema}.${table}`],
    );
    const { rows } =
      there[0]?.there === true
        ? await pool.query<{ name: string }>(`select name from ${schema}.${table}`)
        : { rows: [] };
    const done = new Set(rows.map(({ name }) => name));
    waiting.push(...Object.keys(migrations).filter((name) => !done.has(name)));
    unknown.push(...[...done].filter((name) => !Object.hasOwn(migrations, name)));
  }
  if (unknown.length > 0)
    return [
      problem(
        'migration',
        zone,
        `a newer version was here: ${unknown.join(', ')}`,
        'start that version, or restore the backup that was made before the upgrade',
      ),
    ];
  return waiting.length === 0
    ? [fine('migration', zone, 'up to date')]
    : [warning('migration', zone, `${waiting.length} wait`, 'they run at the next start')];
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === ''
    ? `does not answer (${error instanceof Error ? error.message : 'unknown'})`
    : `does not answer (${code})`;
}

/** SQLSTATE classes 28 and 3D, and what the network says. */
function adviceOn(error: unknown, zone: Zone): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = zone === 'inside' ? 'DATABASE_URL' : 'OUTSIDE_DATABASE_URL (or DATABASE_URL)';
  if (code.startsWith('28')) return `correct user and password in ${name}, and pg_hba.conf of the server`;
  if (code === '3D000') return `create the database that ${name} names`;
  if (code === '42501') return `grant the role of ${name} what docs/operations.md says`;
  return `look whether the server of ${name} runs and listens, and whether a firewall lets this machine through`;
}
