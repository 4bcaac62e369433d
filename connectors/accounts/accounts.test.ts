import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountMigrations, organisationMigrations, shownRecordMigrations } from './migrations.ts';
import { INSIDE_ROLES, LOCK_AFTER, LOCK_MS, OUTSIDE_ROLES, SESSION_MS } from './port.ts';
import { createAccounts } from './postgres-accounts.ts';
import type { SqlPool } from './sql-pool.ts';

const CHEAP = { log2N: 4, blockSize: 8, parallel: 1 };
const PASSWORD = 'mật khẩu đủ dài 1';
let database: PGlite;
let pool: SqlPool;
let now = Date.UTC(2026, 0, 5);
const clock = { now: () => now };

beforeAll(async () => {
  database = new PGlite();
  pool = { query: async (text, values) => database.query(text, [...(values ?? [])]) };
  const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite: database }) });
  for (const [schema, migrations] of [
    ['bridge', { ...accountMigrations('bridge'), ...organisationMigrations('bridge') }],
    [
      'handbook',
      {
        ...accountMigrations('handbook'),
        ...shownRecordMigrations('handbook'),
        ...organisationMigrations('handbook'),
      },
    ],
  ] as const) {
    await sql`create schema ${sql.id(schema)}`.execute(db);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: schema,
      migrationTableName: 'account_migration',
      migrationLockTableName: 'account_migration_lock',
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  }
});
afterAll(() => database.close());

const inside = () => createAccounts({ pool, schema: 'bridge', roles: INSIDE_ROLES, clock, cost: CHEAP });
const outside = () => createAccounts({ pool, schema: 'handbook', roles: OUTSIDE_ROLES, clock, cost: CHEAP });

describe('accounts', () => {
  it('makes the first account once, also when asked twice at the same time', async () => {
    const [a, b] = await Promise.all([
      inside().ensureFirst('admin', 'operator', PASSWORD),
      inside().ensureFirst('admin', 'operator', 'another long password'),
    ]);
    expect([a, b].filter(Boolean)).toHaveLength(1);
    expect(await inside().ensureFirst('second', 'operator', PASSWORD)).toBe(false);
    expect(await inside().verify('second', PASSWORD)).toBeNull();
  });

  it('verifies by name in any case and by password in any normal form', async () => {
    const made = await outside().create({
      name: 'Lan',
      role: 'officer',
      organisationCode: '*',
      password: PASSWORD,
    });
    expect(await outside().verify('LAN', PASSWORD.normalize('NFD'))).toEqual(made);
    expect(await outside().verify('lan', `${PASSWORD} `)).toBeNull();
    expect(await outside().verify('nobody', PASSWORD)).toBeNull();
    expect(await outside().verify('lan\u0000', PASSWORD)).toBeNull();
    expect(await outside().verify("' or 1=1 --", PASSWORD)).toBeNull();
  });

  it('keeps the two zones apart', async () => {
    await inside().create({ name: 'only-inside', role: 'auditor', password: PASSWORD });
    expect(await outside().verify('only-inside', PASSWORD)).toBeNull();
    expect(await inside().verify('only-inside', PASSWORD)).toMatchObject({ role: 'auditor' });
  });

  it('does not let in an account whose role is not of the zone', async () => {
    await pool.query(
      `insert into bridge.account (id, name, role, password, created_at)
       select gen_random_uuid(), 'stray', 'app', password, created_at from bridge.account limit 1`,
    );
    expect(await inside().verify('stray', PASSWORD)).toBeNull();
  });

  it.each([
    ['name-taken', { name: 'LAN', role: 'officer', organisationCode: '*', password: PASSWORD }],
    ['bad-name', { name: 'hai chữ', role: 'officer', organisationCode: '*', password: PASSWORD }],
    ['weak-password', { name: 'short', role: 'officer', organisationCode: '*', password: 'short' }],
    ['bad-organisation', { name: 'nowhere', role: 'officer', password: PASSWORD }],
    [
      'bad-organisation',
      { name: 'all', role: 'secretary', memberKey: 'a', organisationCode: '*', password: PASSWORD },
    ],
    ['bad-organisation', { name: 'svc', role: 'app', organisationCode: '*', password: PASSWORD }],
    ['bad-member-key', { name: 'no-key', role: 'member', password: PASSWORD }],
    ['bad-member-key', { name: 'key', role: 'app', password: PASSWORD, memberKey: 'ĐV-001' }],
  ] as const)('refuses %s', async (code, account) => {
    await expect(outside().create(account)).rejects.toMatchObject({ code });
  });

  it('stores neither password nor token', async () => {
    const account = await outside().create({ name: 'stored', role: 'app', password: PASSWORD });
    const { token } = await outside().openSession(account.id);
    const { rows } = await pool.query<Record<string, unknown>>(
      `select to_jsonb(a)::text as a, encode(s.token_digest, 'escape') as s
         from handbook.account a join handbook.session s on s.account_id = a.id where a.name = 'stored'`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('lock-out', () => {
  it('rests after bad attempts, refuses the right password meanwhile, and wakes', async () => {
    await outside().create({ name: 'locked', role: 'app', password: PASSWORD });
    for (let i = 0; i < LOCK_AFTER; i += 1) await outside().verify('locked', 'wrong');
    expect(await outside().verify('locked', PASSWORD)).toBeNull();
    now += LOCK_MS - 1;
    expect(await outside().verify('locked', PASSWORD)).toBeNull();
    now += 1;
    expect(await outside().verify('locked', PASSWORD)).toMatchObject({ name: 'locked' });
  });

  it('starts to count anew after a good log-in', async () => {
    await outside().create({ name: 'careless', role: 'app', password: PASSWORD });
    for (let i = 0; i < 3 * LOCK_AFTER; i += 1) {
      const good = i % LOCK_AFTER === LOCK_AFTER - 1;
      const account = await outside().verify('careless', good ? PASSWORD : 'wrong');
      expect(account !== null).toBe(good);
    }
  });

  it('is not outrun by guesses sent at once', async () => {
    await outside().create({ name: 'raced', role: 'app', password: PASSWORD });
    const guesses = [...Array.from({ length: 20 }, (_, i) => `wrong ${i}`), PASSWORD];
    const answers = await Promise.all(guesses.map((guess) => outside().verify('raced', guess)));
    expect(answers.every((answer) => answer === null)).toBe(true);
  });

  it('ends with a new password', async () => {
    await outside().create({ name: 'reset', role: 'app', password: PASSWORD });
    for (let i = 0; i < LOCK_AFTER; i += 1) await outside().verify('reset', 'wrong');
    await outside().setPassword('reset', 'quite another password');
    expect(await outside().verify('reset', PASSWORD)).toBeNull();
    expect(await outside().verify('reset', 'quite another password')).not.toBeNull();
    await expect(outside().setPassword('nobody', PASSWORD)).rejects.toMatchObject({
      code: 'no-such-account',
    });
  });
});

describe('sessions', () => {
  it('last until they expire, are closed, or the password changes', async () => {
    const account = await outside().create({ name: 'session', role: 'app', password: PASSWORD });
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => outside().openSession(account.id)));
    expect(new Set([a?.token, b?.token, c?.token]).size).toBe(3);
    expect(await outside().accountOfSession(a?.token ?? '')).toEqual(account);
    expect(await inside().accountOfSession(a?.token ?? '')).toBeNull();

    await outside().closeSession(a?.token ?? '');
    expect(await outside().accountOfSession(a?.token ?? '')).toBeNull();

    await outside().setPassword('session', 'a new long password');
    expect(await outside().accountOfSession(b?.token ?? '')).toBeNull();

    const last = await outside().openSession(account.id);
    now = last.expiresAt - 1;
    expect(await outside().accountOfSession(last.token)).toEqual(account);
    now = last.expiresAt;
    expect(await outside().accountOfSession(last.token)).toBeNull();
    expect(last.expiresAt).toBeGreaterThanOrEqual(SESSION_MS);
  });

  it('of an account end together, and those of others stay', async () => {
    const [mine, other] = await Promise.all(
      ['many', 'few'].map((name) => outside().create({ name, role: 'app', password: PASSWORD })),
    );
    const [a, b, c] = await Promise.all(
      [mine, mine, other].map((account) => outside().openSession(account?.id ?? '')),
    );
    expect(await outside().closeSessionsOf('many')).toBe(2);
    for (const gone of [a, b]) expect(await outside().accountOfSession(gone?.token ?? '')).toBeNull();
    expect(await outside().accountOfSession(c?.token ?? '')).toEqual(other);
    expect(await outside().closeSessionsOf('many')).toBe(0);
    await expect(outside().closeSessionsOf('nobody-here')).rejects.toMatchObject({ code: 'no-such-account' });
  });

  it('last as long as is set', async () => {
    const brief = createAccounts({ pool, schema: 'handbook', roles: OUTSIDE_ROLES, clock, sessionMs: 1_000 });
    const account = await brief.create({ name: 'brief', role: 'app', password: PASSWORD });
    expect((await brief.openSession(account.id)).expiresAt).toBe(now + 1_000);
  });

  it.each(['', 'x', 'a'.repeat(43), "'; drop table", '\u0000'])('knows no token %j', async (token) => {
    expect(await outside().accountOfSession(token)).toBeNull();
    await outside().closeSession(token);
  });
});

it('takes only plain schema names', () => {
  expect(() =>
    createAccounts({ pool, schema: 'x"; drop schema handbook; --', roles: INSIDE_ROLES, clock }),
  ).toThrow(/schema name/);
});
