import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  AccountError,
  type Accounts,
  type InsideRole,
  type OutsideRole,
} from '../../connectors/accounts/port.ts';
import { OperationError, type Operation } from './operation.ts';

/** Both zones' accounts; they never mix. */
export interface AccountSets {
  readonly inside: Accounts<InsideRole>;
  readonly outside: Accounts<OutsideRole>;
}

const createArgs = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['operator', 'releaser', 'auditor']), name: z.string() }),
  z.strictObject({ role: z.literal('app'), name: z.string() }),
  z.strictObject({ role: z.literal('officer'), name: z.string(), organisation: z.string().min(1) }),
  z.strictObject({
    role: z.literal('secretary'),
    name: z.string(),
    memberKey: z.string().min(1),
    organisation: z.string().min(1),
  }),
  z.strictObject({ role: z.literal('member'), name: z.string(), memberKey: z.string().min(1) }),
]);

/** The password is made here and answered this once. */
export interface MadeAccount {
  readonly name: string;
  readonly role: string;
  readonly zone: 'inside' | 'outside';
  readonly password: string;
}

export function accountCreate(accounts: AccountSets): Operation<z.infer<typeof createArgs>, MadeAccount> {
  return {
    name: 'account-create',
    summary: 'Makes an account with a random password that is shown once',
    role: 'operator',
    args: createArgs,
    async run(given) {
      const password = newPassword();
      return translated(async () => {
        if (given.role === 'operator' || given.role === 'releaser' || given.role === 'auditor') {
          const made = await accounts.inside.create({ name: given.name, role: given.role, password });
          return { name: made.name, role: made.role, zone: 'inside', password };
        }
        const memberKey = 'memberKey' in given ? given.memberKey : null;
        const organisationCode = 'organisation' in given ? given.organisation : null;
        const made = await accounts.outside.create({
          name: given.name,
          role: given.role,
          password,
          memberKey,
          organisationCode,
        });
        return { name: made.name, role: made.role, zone: 'outside', password };
      });
    },
  };
}

const namedArgs = z.strictObject({ zone: z.enum(['inside', 'outside']), name: z.string() });

export function accountPassword(
  accounts: AccountSets,
): Operation<z.infer<typeof namedArgs>, Omit<MadeAccount, 'role'>> {
  return {
    name: 'account-password',
    summary: 'Gives an account a new random password, shown once; ends its sessions and a lock-out',
    role: 'operator',
    args: namedArgs,
    async run({ zone, name }) {
      const password = newPassword();
      return translated(async () => {
        await accounts[zone].setPassword(name, password);
        return { name, zone, password };
      });
    },
  };
}

export function accountSignOut(
  accounts: AccountSets,
): Operation<z.infer<typeof namedArgs>, { readonly name: string; readonly ended: number }> {
  return {
    name: 'account-sign-out',
    summary: 'Ends all sessions of an account at once; its password stays',
    role: 'operator',
    args: namedArgs,
    run: ({ zone, name }) =>
      translated(async () => ({ name, ended: await accounts[zone].closeSessionsOf(name) })),
  };
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AccountError)
      throw new OperationError(error.code === 'no-such-account' ? 'not-found' : 'refused', error.message);
    throw error;
  }
}

const LIST_LIMIT = 100;
const listArgs = z.strictObject({
  zone: z.enum(['inside', 'outside']),
  after: z.string().max(128).optional(),
});

export interface ListedAccounts {
  readonly accounts: readonly {
    readonly name: string;
    readonly role: string;
    readonly memberKey: string | null;
    readonly organisationCode: string | null;
  }[];
  /** Give it as `after` for those that follow; null = these are the last. */
  readonly next: string | null;
}

export function accountsList(accounts: AccountSets): Operation<z.infer<typeof listArgs>, ListedAccounts> {
  return {
    name: 'accounts-list',
    summary: `Accounts of a zone in the order of their names, ${LIST_LIMIT} at a time`,
    role: 'auditor',
    args: listArgs,
    async run({ zone, after }) {
      const found = await accounts[zone].list(after ?? null, LIST_LIMIT);
      return {
        accounts: found.map(({ name, role, memberKey, organisationCode }) => ({
          name,
          role,
          memberKey,
          organisationCode,
        })),
        next: found.length === LIST_LIMIT ? (found.at(-1)?.name ?? null) : null,
      };
    },
  };
}
