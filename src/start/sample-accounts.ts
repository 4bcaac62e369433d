import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync } from 'node:fs';
import type { Accounts, InsideRole, NewAccount, OutsideRole } from '../../connectors/accounts/port.ts';
import type { AccessRules } from '../../connectors/handbook/access-rules.ts';
import type { MembersHandbook } from '../../connectors/handbook/members-port.ts';
import type { HandbookRecord } from '../../connectors/handbook/port.ts';

export interface SampleAccountDeps {
  readonly accounts: { readonly inside: Accounts<InsideRole>; readonly outside: Accounts<OutsideRole> };
  readonly members: Pick<MembersHandbook, 'list'>;
  readonly access: AccessRules;
}

type Draft<R extends OutsideRole | InsideRole> = Omit<NewAccount<R>, 'password'>;

const PAGE = 100;

/**
 * One account for each role, for trying the bridge out on its invented people. Passwords are random and stand in `file` alone, which only its owner
 * reads; accounts of these names that are there already stay as they are. Says whether it made any.
 */
export async function sampleAccounts(deps: SampleAccountDeps, file: string): Promise<boolean> {
  const { inside, outside } = deps.accounts;
  const made = [
    await makeMissing(
      inside,
      [
        { name: 'duyet.mo', role: 'releaser' },
        { name: 'kiem.tra', role: 'auditor' },
      ],
      file,
    ),
    await makeMissing(outside, await people(deps), file),
  ];
  return made.includes(true);
}

/** The line is written before the account is there: a password that was lost would leave an account that nobody can use. The last line of a name counts. */
async function makeMissing<R extends OutsideRole | InsideRole>(
  accounts: Accounts<R>,
  drafts: readonly Draft<R>[],
  file: string,
): Promise<boolean> {
  let made = false;
  for (const draft of drafts) {
    if ((await accounts.accountNamed(draft.name)) !== null) continue;
    const password = randomBytes(18).toString('base64url');
    appendFileSync(file, `${draft.name}\t${draft.role}\t${password}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    await accounts.create({ ...draft, password });
    made = true;
  }
  return made;
}

/** An active member, a secretary of the same cell, and an officer of the committee above it; fewer where the sample has none. */
async function people({ members, access }: SampleAccountDeps): Promise<Draft<OutsideRole>[]> {
  const { entity, cell, status, active } = access.member;
  const alive = await some(members, entity, 2, ({ fields }) => {
    const [state, place] = [fields[status], fields[cell]];
    return typeof state === 'string' && active.includes(state) && typeof place === 'string';
  });
  const drafts: Draft<OutsideRole>[] = [{ name: 'ung.dung', role: 'app' }];
  const [first, second = first] = alive;
  if (first === undefined || second === undefined) return drafts;
  const organisationCode = second.fields[cell];
  if (typeof organisationCode !== 'string') return drafts;
  drafts.push({ name: 'dang.vien', role: 'member', memberKey: first.key });
  drafts.push({ name: 'bi.thu', role: 'secretary', memberKey: second.key, organisationCode });
  const { records } = await members.list(access.tree.entity, {
    after: null,
    limit: 1,
    key: organisationCode,
  });
  const above = records[0]?.fields[access.tree.parent];
  if (typeof above === 'string' && above !== '')
    drafts.push({ name: 'can.bo', role: 'officer', organisationCode: above });
  return drafts;
}

async function some(
  members: Pick<MembersHandbook, 'list'>,
  entity: string,
  wanted: number,
  fits: (record: HandbookRecord) => boolean,
): Promise<readonly HandbookRecord[]> {
  const found: HandbookRecord[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<MembersHandbook['list']>> = await members.list(entity, {
      after,
      limit: PAGE,
    });
    found.push(...page.records.filter(fits));
    after = page.next;
  } while (after !== null && found.length < wanted);
  return found.slice(0, wanted);
}
