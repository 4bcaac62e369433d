import { AccountError, type NewAccount, PASSWORD_MAX, PASSWORD_MIN } from './port.ts';

const NAME = /^[a-z0-9][a-z0-9._@-]{0,63}$/;

/** Whether a name, already in lower case, could be that of an account. */
export function isAccountName(name: string): boolean {
  return NAME.test(name);
}

/** The name as it is stored. Fails with `bad-name`. */
export function accountName(name: string): string {
  const lower = name.toLowerCase();
  if (!isAccountName(lower)) {
    throw new AccountError(
      'bad-name',
      'An account name has 1 to 64 of a-z, 0-9, ".", "_", "@", "-" and begins with a letter or digit.',
    );
  }
  return lower;
}

export function checkPassword(password: string): void {
  if (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX) {
    throw new AccountError(
      'weak-password',
      `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters; choose another one.`,
    );
  }
}

export function checkMemberKey({ role, memberKey }: Pick<NewAccount, 'role' | 'memberKey'>): void {
  const given = typeof memberKey === 'string' && memberKey !== '';
  if (given !== (role === 'member' || role === 'secretary')) {
    throw new AccountError(
      'bad-member-key',
      'The account of a member or secretary names the key of its own member record; other accounts name none.',
    );
  }
}

export function checkOrganisation({
  role,
  organisationCode,
}: Pick<NewAccount, 'role' | 'organisationCode'>): void {
  const given = typeof organisationCode === 'string' && organisationCode !== '';
  if (
    given !== (role === 'secretary' || role === 'officer') ||
    (role === 'secretary' && organisationCode === '*')
  ) {
    throw new AccountError(
      'bad-organisation',
      'The account of a secretary names the code of a cell, that of an officer the code of a committee or * for the whole handbook; other accounts name none.',
    );
  }
}
