import { randomUUID } from 'node:crypto';
import {
  accountName,
  checkMemberKey,
  checkOrganisation,
  checkPassword,
  isAccountName,
} from './account-rules.ts';
import { DEFAULT_COST, hashPassword, passwordMatches, type ScryptCost } from './password-hash.ts';
import {
  type Account,
  AccountError,
  type Accounts,
  LOCK_AFTER,
  LOCK_MS,
  type NewAccount,
  type OpenedSession,
  type Role,
  SESSION_MS,
} from './port.ts';
import { newSessionToken, tokenDigest } from './session-token.ts';
import { type SqlPool, tableName } from './sql-pool.ts';

export interface AccountsOptions<R extends Role> {
  readonly pool: SqlPool;
  /** Schema that {@link accountMigrations} ran in: `bridge` inside, `handbook` outside. */
  readonly schema: string;
  /** Roles of this zone; an account with another role is not let in. */
  readonly roles: readonly R[];
  readonly clock: { now(): number };
  /** @default DEFAULT_COST */
  readonly cost?: ScryptCost;
  /** How long a session lasts, milliseconds. @default SESSION_MS */
  readonly sessionMs?: number;
}

/** {@link Accounts} in PostgreSQL. Passwords are kept as scrypt hashes, tokens as SHA-256 digests. */
export function createAccounts<R extends Role>(options: AccountsOptions<R>): Accounts<R> {
  return new PostgresAccounts(options);
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly member_key: string | null;
  readonly organisation_code: string | null;
}

class PostgresAccounts<R extends Role> implements Accounts<R> {
  readonly #pool: SqlPool;
  readonly #account: string;
  readonly #session: string;
  readonly #roles: readonly R[];
  readonly #clock: { now(): number };
  readonly #cost: ScryptCost;
  readonly #sessionMs: number;
  #hashOfNobody: Promise<string> | null = null;

  constructor(options: AccountsOptions<R>) {
    this.#pool = options.pool;
    this.#account = tableName(options.schema, 'account');
    this.#session = tableName(options.schema, 'session');
    this.#roles = options.roles;
    this.#clock = options.clock;
    this.#cost = options.cost ?? DEFAULT_COST;
    this.#sessionMs = options.sessionMs ?? SESSION_MS;
  }

  async ensureFirst(name: string, role: R, password: string): Promise<boolean> {
    const { rows } = await this.#pool.query(`select 1 from ${this.#account} limit 1`);
    if (rows.length > 0) return false;
    const created = await this.#insert(
      { name, role, password },
      `where not exists (select 1 from ${this.#account})`,
    );
    return created !== null;
  }

  async create(account: NewAccount<R>): Promise<Account<R>> {
    const created = await this.#insert(account, '');
    if (created === null) {
      throw new AccountError(
        'name-taken',
        `There is an account '${accountName(account.name)}' already; choose another name.`,
      );
    }
    return created;
  }

  async setPassword(name: string, password: string): Promise<void> {
    checkPassword(password);
    const stored = accountName(name);
    const hash = await hashPassword(password, this.#cost);
    const { rows } = await this.#pool.query(
      `with changed as (
         update ${this.#account} set password = $2, failures = 0, locked_until = null where name = $1 returning id
       ), ended as (
         delete from ${this.#session} where account_id in (select id from changed)
       )
       select id from changed`,
      [stored, hash],
    );
    if (rows.length === 0) {
      throw new AccountError('no-such-account', `There is no account '${stored}'; create it first.`);
    }
  }

  async verify(name: string, password: string): Promise<Account<R> | null> {
    const attempt = await this.#beginAttempt(name.toLowerCase());
    const right = await passwordMatches(password, attempt?.password ?? (await this.#nobody()));
    if (attempt === null || !right || attempt.locked) return null;
    await this.#pool.query(
      `update ${this.#account} set failures = 0, locked_until = null where id = $1 and password = $2`,
      [attempt.id, attempt.password],
    );
    return this.#toAccount(attempt);
  }

  async accountNamed(name: string): Promise<Account<R> | null> {
    if (!isAccountName(name)) return null;
    const { rows } = await this.#pool.query<AccountRow>(
      `select id, name, role, member_key, organisation_code from ${this.#account} where name = $1`,
      [name],
    );
    return rows[0] === undefined ? null : this.#toAccount(rows[0]);
  }

  async accountsWithIds(ids: readonly string[]): Promise<readonly Account<R>[]> {
    const { rows } = await this.#pool.query<AccountRow>(
      `select id, name, role, member_key, organisation_code from ${this.#account} where id::text = any($1::text[]) order by name`,
      [ids],
    );
    return rows.flatMap((row) => this.#toAccount(row) ?? []);
  }

  async list(after: string | null, limit: number): Promise<readonly Account<R>[]> {
    const { rows } = await this.#pool.query<AccountRow>(
      `select id, name, role, member_key, organisation_code from ${this.#account}
       where $1::text is null or name > $1 order by name limit $2`,
      [after, limit],
    );
    return rows.flatMap((row) => this.#toAccount(row) ?? []);
  }

  async openSession(accountId: string): Promise<OpenedSession> {
    const token = newSessionToken();
    const now = this.#clock.now();
    const expiresAt = now + this.#sessionMs;
    await this.dropExpiredSessions();
    await this.#pool.query(
      `insert into ${this.#session} (token_digest, account_id, created_at, expires_at) values ($1, $2, $3, $4)`,
      [tokenDigest(token), accountId, new Date(now), new Date(expiresAt)],
    );
    return { token, expiresAt };
  }

  async accountOfSession(token: string): Promise<Account<R> | null> {
    const digest = tokenDigest(token);
    if (digest === null) return null;
    const { rows } = await this.#pool.query<AccountRow>(
      `select a.id, a.name, a.role, a.member_key, a.organisation_code
         from ${this.#session} s join ${this.#account} a on a.id = s.account_id
        where s.token_digest = $1 and s.expires_at > $2`,
      [digest, new Date(this.#clock.now())],
    );
    return rows[0] === undefined ? null : this.#toAccount(rows[0]);
  }

  async dropExpiredSessions(): Promise<number> {
    const { rows } = await this.#pool.query(
      `delete from ${this.#session} where expires_at <= $1 returning account_id`,
      [new Date(this.#clock.now())],
    );
    return rows.length;
  }

  async closeSession(token: string): Promise<void> {
    const digest = tokenDigest(token);
    if (digest === null) return;
    await this.#pool.query(`delete from ${this.#session} where token_digest = $1`, [digest]);
  }

  async closeSessionsOf(name: string): Promise<number> {
    const stored = accountName(name);
    const { rows } = await this.#pool.query<{ readonly known: boolean; readonly ended: string }>(
      `with ended as (
         delete from ${this.#session} where account_id = (select id from ${this.#account} where name = $1) returning 1
       )
       select exists (select 1 from ${this.#account} where name = $1) as known, (select count(*) from ended)::text as ended`,
      [stored],
    );
    if (rows[0]?.known !== true) {
      throw new AccountError('no-such-account', `There is no account '${stored}'.`);
    }
    return Number(rows[0].ended);
  }

  /**
   * Counts the attempt as a bad one before the password is looked at, in one statement: many guesses sent at once cannot outrun the count. A
   * good password takes the count back.
   */
  async #beginAttempt(
    name: string,
  ): Promise<(AccountRow & { readonly password: string; readonly locked: boolean }) | null> {
    if (!isAccountName(name)) return null;
    const now = this.#clock.now();
    const { rows } = await this.#pool.query<
      AccountRow & { readonly password: string; readonly locked: boolean }
    >(
      `with before as (
         select id, coalesce(locked_until > $2, false) as locked,
                case when locked_until <= $2 then 1 else failures + 1 end as failures
           from ${this.#account} where name = $1 for update
       )
       update ${this.#account} a
          set failures = case when before.locked then a.failures else before.failures end,
              locked_until = case when before.locked then a.locked_until
                                  when before.failures >= $3 then $4::timestamptz end
         from before where a.id = before.id
       returning a.id, a.name, a.role, a.member_key, a.organisation_code, a.password, before.locked`,
      [name, new Date(now), LOCK_AFTER, new Date(now + LOCK_MS)],
    );
    return rows[0] ?? null;
  }

  async #insert(account: NewAccount<R>, condition: string): Promise<Account<R> | null> {
    const name = accountName(account.name);
    checkPassword(account.password);
    checkMemberKey(account);
    checkOrganisation(account);
    const hash = await hashPassword(account.password, this.#cost);
    const { rows } = await this.#pool.query<AccountRow>(
      `insert into ${this.#account} (id, name, role, member_key, password, created_at, organisation_code)
       select $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::timestamptz, $7::text ${condition}
       on conflict (name) do nothing
       returning id, name, role, member_key, organisation_code`,
      [
        randomUUID(),
        name,
        account.role,
        account.memberKey ?? null,
        hash,
        new Date(this.#clock.now()),
        account.organisationCode ?? null,
      ],
    );
    return rows[0] === undefined ? null : this.#toAccount(rows[0]);
  }

  /** An unknown name costs the same work as a known one. */
  #nobody(): Promise<string> {
    this.#hashOfNobody ??= hashPassword(newSessionToken(), this.#cost);
    return this.#hashOfNobody;
  }

  #toAccount(row: AccountRow): Account<R> | null {
    const role = this.#roles.find((known) => known === row.role);
    if (role === undefined) return null;
    const { id, name, member_key: memberKey, organisation_code: organisationCode } = row;
    return { id, name, role, memberKey, organisationCode };
  }
}
