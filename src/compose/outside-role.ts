import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import { openPostgres } from '../../connectors/postgres/pool/open-postgres.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';

/** Comment on the role by which it is known to be ours to change. */
const MARK = 'outside zone of the Party member bridge';
const LOCK = 748_120_011;

/**
 * Out of the one address of the inside zone, an address for the outside zone with a role of its own that can reach schema `handbook` and nothing of the
 * inside. The role is made at the first start where the given one may make roles; its password follows from that of the address, so that every
 * process on every machine finds the same without keeping it. Null where that cannot be: both zones then share a role.
 */
export async function outsideRoleUrl(
  url: string,
  inside: SqlPool,
  log: Pick<Logger, 'info' | 'warn'>,
  /** False: only look whether there is one. */
  mayMake = true,
): Promise<string | null> {
  const own = new URL(url);
  const password = own.password === '' ? null : secretOf(decodeURIComponent(own.password));
  const { rows } = await inside.query<Rights>(
    `select current_user as "user", r.rolcreaterole or r.rolsuper as "mayMake" from pg_roles r where r.rolname = current_user`,
  );
  const [rights] = rows;
  if (rights === undefined) return null;
  const role = `${rights.user.slice(0, 55)}_outside`;
  const { rows: found } = await inside.query<{ note: string | null }>(
    `select shobj_description(oid, 'pg_authid') as note from pg_roles where rolname = $1`,
    [role],
  );
  const there = found[0] !== undefined;
  if (there && found[0]?.note !== MARK) {
    log.warn({ role }, 'a role of this name is not the bridge’s: both zones share one role');
    return null;
  }
  if (!there && !mayMake) return null;
  if (!there && !rights.mayMake) {
    log.info({}, 'the role of DATABASE_URL may not make roles: both zones share it');
    return null;
  }
  own.username = encodeURIComponent(role);
  own.password = password ?? '';
  const { rows: owned } = await inside.query<{ owned: boolean }>(
    `select exists (select from pg_namespace where nspname = 'handbook' and pg_get_userbyid(nspowner) = $1) as owned`,
    [role],
  );
  if (there && owned[0]?.owned === true && (await reaches(own.href))) return own.href;
  if (mayMake && rights.mayMake) await prepare(inside, role, password);
  return (await reaches(own.href)) ? own.href : refused(log, role);
}

interface Rights {
  readonly user: string;
  readonly mayMake: boolean;
}

function secretOf(password: string): string {
  return createHmac('sha256', password).update(MARK).digest('base64url');
}

function refused(log: Pick<Logger, 'warn'>, role: string): null {
  log.warn({ role }, 'the server does not let the outside role in: both zones share one role');
  return null;
}

async function reaches(url: string): Promise<boolean> {
  const pool = openPostgres({ url, max: 1, applicationName: 'bridge outside', connectTimeoutMs: 5_000 });
  try {
    await pool.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await pool.close();
  }
}

/** All in one transaction under a lock: programs that start together make one role. What a shared role had made in schema `handbook` becomes the new one's. */
async function prepare(inside: SqlPool, role: string, password: string | null): Promise<void> {
  await inside.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock($1)`, [LOCK]);
    const statement = async (template: string, ...names: readonly (string | null)[]) => {
      const { rows } = await tx.query<{ text: string }>(`select format($1, variadic $2::text[]) as text`, [
        template,
        names,
      ]);
      await tx.query(rows[0]?.text ?? '');
    };
    const now = await tx.query<{ there: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as there`,
      [role],
    );
    if (now.rows[0]?.there !== true)
      await statement('create role %I nosuperuser nocreatedb nocreaterole', role);
    await statement('alter role %I login password %L', role, password);
    await statement(`comment on role %I is %L`, role, MARK);
    const { rows: me } = await tx.query<{ user: string; member: boolean }>(
      `select current_user as "user", pg_has_role(current_user, $1, 'member') as member`,
      [role],
    );
    const { user = '', member = false } = me[0] ?? {};
    // To give something to a role one must be a member of it; a superuser counts as one.
    if (!member) await statement('grant %I to %I', role, user);
    await statement('create schema if not exists handbook authorization %I', role);
    await statement('alter schema handbook owner to %I', role);
    const { rows: mine } = await tx.query<{ kind: string; name: string }>(
      `select case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end as kind,
         format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'handbook' and c.relkind in ('r', 'p', 'v', 'm') and c.relowner <> $1::regrole
       union all
       select case p.prokind when 'p' then 'procedure' else 'function' end, p.oid::regprocedure::text
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'handbook' and p.proowner <> $1::regrole`,
      [role],
    );
    for (const { kind, name } of mine) await statement(`alter ${kind} ${name} owner to %I`, role);
    if (!member) await statement('revoke %I from %I', role, user);
  });
}
