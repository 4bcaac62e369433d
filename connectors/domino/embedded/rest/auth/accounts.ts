import { createHash, timingSafeEqual } from 'node:crypto';
import { foldName, type NotesIdentity } from '../../engine/identity.ts';

/** A person document with an Internet password. */
export interface RestAccount {
  /** Also known by: short name, mail address. Its Domino name always works. */
  readonly userNames?: readonly string[];
  readonly password: string;
  readonly identity: NotesIdentity;
}

/** Defaults of HCL's `suspendeduser` documentation: five bad logins suspend the user for an hour. */
export const LOCK_OUT = { after: 5, forMs: 3_600_000 } as const;

/** Knows passwords and counts bad ones. A locked account and a wrong password are the same answer. */
export class Accounts {
  readonly #accounts: readonly RestAccount[];
  readonly #now: () => number;
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor(accounts: readonly RestAccount[], now: () => number) {
    this.#accounts = accounts;
    this.#now = now;
  }

  /** The identity behind the credentials; null when they are wrong or the user is locked out. */
  login(userName: string, password: string): NotesIdentity | null {
    const key = foldName(userName);
    const failed = this.#failures.get(key);
    if (failed !== undefined && failed.count >= LOCK_OUT.after) {
      if (this.#now() < failed.until) return null;
      this.#failures.delete(key);
    }
    const account = this.#find(userName);
    if (account !== undefined && sameSecret(account.password, password)) {
      this.#failures.delete(key);
      return account.identity;
    }
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, { count, until: this.#now() + LOCK_OUT.forMs });
    return null;
  }

  /** Who a token speaks of; null for a name that is no account. */
  identityOf(name: string): NotesIdentity | null {
    return this.#find(name)?.identity ?? null;
  }

  /** After a restart nobody is locked out. */
  forgetFailures(): void {
    this.#failures.clear();
  }

  #find(name: string): RestAccount | undefined {
    const wanted = foldName(name);
    return this.#accounts.find(({ identity, userNames = [] }) =>
      [identity.name, foldName(identity.name).split('/')[0] ?? '', ...userNames].some(
        (one) => foldName(one) === wanted,
      ),
    );
  }
}

/** Compares without telling by its time how much was right. */
export function sameSecret(known: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(known), digest(given));
}
