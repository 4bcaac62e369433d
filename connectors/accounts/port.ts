/**
 * Port: who may come in, and how they prove it. There are two sets that never mix: accounts of the inside zone (operators) and of the outside
 * zone (the handbook's people and services). Times are milliseconds since 1970. Everything is durable when it returns.
 */
export interface Accounts<R extends Role = Role> {
  /** Creates the account if the set is still empty; says whether it did. Repeatable. Fails with {@link AccountError}. */
  ensureFirst(name: string, role: R, password: string): Promise<boolean>;

  /** Fails with `name-taken`, `bad-name`, `weak-password`, `bad-member-key`. */
  create(account: NewAccount<R>): Promise<Account<R>>;

  /** Ends all sessions of the account and a lock-out. Fails with `no-such-account`, `weak-password`. */
  setPassword(name: string, password: string): Promise<void>;

  /**
   * The account, or null: unknown name, wrong password and locked out look alike and take as long. After
   * {@link LOCK_AFTER} bad attempts in a row an account rests for {@link LOCK_MS}, whatever password comes.
   */
  verify(name: string, password: string): Promise<Account<R> | null>;

  /** A new session; only a digest of the token is kept, so this is the only time that it can be read. */
  openSession(accountId: string): Promise<OpenedSession>;

  /** The account of a token that is known and has not expired, or null. */
  accountOfSession(token: string): Promise<Account<R> | null>;

  /** Repeatable; an unknown token is no error. */
  closeSession(token: string): Promise<void>;
}

/** Inside: `operator` acts, `auditor` reads. */
export type InsideRole = 'operator' | 'auditor';

/** Outside: `app` is a service that reads and changes all that is released, `officer` reads all, `member` sees what is theirs. */
export type OutsideRole = 'app' | 'officer' | 'member';

export type Role = InsideRole | OutsideRole;

export const INSIDE_ROLES = ['operator', 'auditor'] as const satisfies readonly InsideRole[];
export const OUTSIDE_ROLES = ['app', 'officer', 'member'] as const satisfies readonly OutsideRole[];

export interface Account<R extends Role = Role> {
  readonly id: string;
  readonly name: string;
  readonly role: R;
  /** Business key of the member's own record; null for everyone but a `member`. */
  readonly memberKey: string | null;
}

export interface NewAccount<R extends Role = Role> {
  /** 1–64 of `a-z 0-9 . _ @ -`, beginning with a letter or digit; capitals are lowered. */
  readonly name: string;
  readonly role: R;
  /** At least {@link PASSWORD_MIN} characters, at most {@link PASSWORD_MAX}; compared in Unicode NFC. */
  readonly password: string;
  /** Required for a `member`, forbidden for others. */
  readonly memberKey?: string | null;
}

export interface OpenedSession {
  /** 256 random bits, base64url. */
  readonly token: string;
  readonly expiresAt: number;
}

/**
 * Port: which records a member has been shown as their own. A record that is hidden, withdrawn or given to somebody else says no more whose it
 * was; with this the feed can still tell that one member, and nobody else, that it is gone. Ids only, never content.
 */
export interface ShownRecords {
  /** Repeatable. At most 1 000 ids a call. */
  remember(accountId: string, recordIds: readonly string[]): Promise<void>;
  /** Those of the given ids that were shown to the account. */
  among(accountId: string, recordIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;
export const LOCK_AFTER = 5;
export const LOCK_MS = 15 * 60_000;
export const SESSION_MS = 12 * 3_600_000;

export type AccountErrorCode =
  | 'name-taken'
  | 'bad-name'
  | 'weak-password'
  | 'bad-member-key'
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
