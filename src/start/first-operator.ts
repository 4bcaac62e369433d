import { randomBytes } from 'node:crypto';
import type { Accounts, InsideRole } from '../../connectors/accounts/port.ts';

/** Makes the first operator of an empty bridge. A password that was not given is made here and answered, to be shown once; null = nothing to show. */
export async function firstOperator(
  accounts: Accounts<InsideRole>,
  login: string,
  given: string | null,
): Promise<{ readonly login: string; readonly password: string } | null> {
  const password = given ?? randomBytes(18).toString('base64url');
  const created = await accounts.ensureFirst(login, 'operator', password);
  return created && given === null ? { login, password } : null;
}
