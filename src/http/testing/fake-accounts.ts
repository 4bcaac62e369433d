import { randomBytes, randomUUID } from 'node:crypto';
import {
  type Account,
  AccountError,
  type Accounts,
  type Role,
  SESSION_MS,
} from '../../../connectors/accounts/port.ts';

/** Accounts in memory; without lock-out, which is the store's own business. */
export function fakeAccounts<R extends Role>(clock: { now(): number }): Accounts<R> {
  const accounts = new Map<string, { readonly account: Account<R>; password: string }>();
  const sessions = new Map<string, { readonly account: Account<R>; readonly expiresAt: number }>();
  return {
    async ensureFirst(name, role, password) {
      if (accounts.size > 0) return false;
      await this.create({ name, role, password });
      return true;
    },
    async create({ name, role, password, memberKey = null, organisationCode = null }) {
      if (accounts.has(name)) throw new AccountError('name-taken', 'taken');
      const account = { id: randomUUID(), name, role, memberKey, organisationCode };
      accounts.set(name, { account, password });
      return account;
    },
    async setPassword(name, password) {
      const entry = accounts.get(name);
      if (entry === undefined) throw new AccountError('no-such-account', 'unknown');
      entry.password = password;
    },
    async verify(name, password) {
      const entry = accounts.get(name);
      return entry?.password === password ? entry.account : null;
    },
    async accountNamed(name) {
      return accounts.get(name)?.account ?? null;
    },
    async accountsWithIds(ids) {
      return [...accounts.values()].map(({ account }) => account).filter(({ id }) => ids.includes(id));
    },
    async list(after, limit) {
      const all = [...accounts.values()].map(({ account }) => account);
      return all
        .filter(({ name }) => after === null || name > after)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .slice(0, limit);
    },
    async openSession(accountId) {
      const account = [...accounts.values()].find((entry) => entry.account.id === accountId)?.account;
      if (account === undefined) throw new Error('no such account');
      const token = randomBytes(32).toString('base64url');
      const expiresAt = clock.now() + SESSION_MS;
      sessions.set(token, { account, expiresAt });
      return { token, expiresAt };
    },
    async accountOfSession(token) {
      const session = sessions.get(token);
      return session !== undefined && session.expiresAt > clock.now() ? session.account : null;
    },
    async dropExpiredSessions() {
      const ended = [...sessions].filter(([, { expiresAt }]) => expiresAt <= clock.now());
      for (const [token] of ended) sessions.delete(token);
      return ended.length;
    },
    async closeSession(token) {
      sessions.delete(token);
    },
    async closeSessionsOf(name) {
      if (!accounts.has(name)) throw new AccountError('no-such-account', 'unknown');
      const theirs = [...sessions].filter(([, { account }]) => account.name === name);
      for (const [token] of theirs) sessions.delete(token);
      return theirs.length;
    },
  };
}
