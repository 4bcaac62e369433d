/**
 * Port: who may come in, and how they prove it. There are two sets that never mix: accounts of the inside zone (operators) and of the outside
 * zone (the handbook's people and services). Times are milliseconds since 1970. Everything is durable when it returns.
 */
export interface Accounts<R extends Role = Role> {
  /** Creates the account if the set is still empty; says whether it did. Repeatable. Fails with {@link AccountError}. */
  ensureFirst(name: string, role: R, password: string): Promise<boolean>;

  /** Fails with `name-taken`, `bad-name`, `weak-password`, `bad-member-key`, `bad-organisation`. */
  create(account: NewAccount<R>): Promise<Account<R>>;

  /** Ends all sessions of the account and a lock-out. Fails with `no-such-account`, `weak-password`. */
  setPassword(name: string, password: string): Promise<void>;

  /**
   * The account, or null: unknown name, wrong password and locked out look alike and take as long. After
   * {@link LOCK_AFTER} bad attempts in a row an account rests for {@link LOCK_MS}, whatever password comes.
   */
  verify(name: string, password: string): Promise<Account<R> | null>;

  /** The account of that name, proved by somebody else; null for none. */
  accountNamed(name: string): Promise<Account<R> | null>;

  /** The accounts with these ids; those that are not there are left out. */
  accountsWithIds(ids: readonly string[]): Promise<readonly Account<R>[]>;

  /** In the order of their names, those after `after`. */
  list(after: string | null, limit: number): Promise<readonly Account<R>[]>;

  /** A new session; only a digest of the token is kept, so this is the only time that it can be read. */
  openSession(accountId: string): Promise<OpenedSession>;

  /** The account of a token that is known and has not expired, or null. */
  accountOfSession(token: string): Promise<Account<R> | null>;

  /** Sessions that have ended; how many were still kept. */
  dropExpiredSessions(): Promise<number>;

  /** Repeatable; an unknown token is no error. */
  closeSession(token: string): Promise<void>;

  /** Ends all sessions of the account; how many there were. Fails with `no-such-account`. */
  closeSessionsOf(name: string): Promise<number>;
}

/** Inside: `operator` acts, `auditor` reads, `releaser` reads and lifts brakes: the second pair of eyes. */
export type InsideRole = 'operator' | 'releaser' | 'auditor';

/**
 * Outside: `app` is a service that reads and changes all that is released, or acts for a member; `officer` reads what lies at and under a
 * committee; `secretary` sees and keeps the work of one cell; `member` sees what is theirs.
 */
export type OutsideRole = 'app' | 'officer' | 'secretary' | 'member';

export type Role = InsideRole | OutsideRole;

export const INSIDE_ROLES = ['operator', 'releaser', 'auditor'] as const satisfies readonly InsideRole[];
export const OUTSIDE_ROLES = [
  'app',
  'officer',
  'secretary',
  'member',
] as const satisfies readonly OutsideRole[];

export interface Account<R extends Role = Role> {
  readonly id: string;
  readonly name: string;
  readonly role: R;
  /** Business key of the member's own record: of a `member` and a `secretary`, null for others. */
  readonly memberKey: string | null;
  /** Of a `secretary` the cell, of an `officer` the committee or `*` for the whole handbook; null for others. */
  readonly organisationCode: string | null;
}

export interface NewAccount<R extends Role = Role> {
  /** 1–64 of `a-z 0-9 . _ @ -`, beginning with a letter or digit; capitals are lowered. */
  readonly name: string;
  readonly role: R;
  /** At least {@link PASSWORD_MIN} characters, at most {@link PASSWORD_MAX}; compared in Unicode NFC. */
  readonly password: string;
  /** Required for a `member` and a `secretary`, forbidden for others. */
  readonly memberKey?: string | null;
  /** Required for a `secretary` and an `officer`, forbidden for others. */
  readonly organisationCode?: string | null;
}

export interface OpenedSession {
  /** 256 random bits, base64url. */
  readonly token: string;
  readonly expiresAt: number;
}

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;
export const LOCK_AFTER = 5;
export const LOCK_MS = 15 * 60_000;
/** How long a session lasts where nothing else is set. */
export const SESSION_MS = 12 * 3_600_000;

export type AccountErrorCode =
  | 'name-taken'
  | 'bad-name'
  | 'weak-password'
  | 'bad-member-key'
  | 'bad-organisation'
  | 'no-such-account';

/** A request that breaks a rule of accounts; the message says what to do and carries no password. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly code: AccountErrorCode;

  constructor(code: AccountErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
