import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account, InsideRole, OutsideRole } from '../../connectors/accounts/port.ts';
import type { AccessRules } from '../../connectors/handbook/access-rules.ts';
import type { HandbookRecord } from '../../connectors/handbook/port.ts';
import { fakeAccounts } from '../http/testing/fake-accounts.ts';
import { sampleAccounts } from './sample-accounts.ts';

const access: AccessRules = {
  tree: { entity: 'organisation', parent: 'parentCode', from: 'validFrom', to: 'validTo' },
  member: { entity: 'member', cell: 'organisationCode', status: 'status', active: ['Đang sinh hoạt'] },
  entities: {},
};
const record = (entity: string, key: string, fields: HandbookRecord['fields']): HandbookRecord => ({
  recordId: key,
  entity,
  key,
  version: 1,
  state: 'live',
  bornIn: 'notes',
  fields,
});
const RECORDS = [
  record('member', 'DV-1', { organisationCode: 'CB-1', status: 'Từ trần' }),
  record('member', 'DV-2', { organisationCode: 'CB-1', status: 'Đang sinh hoạt' }),
  record('member', 'DV-3', { organisationCode: 'CB-2', status: 'Đang sinh hoạt' }),
  record('organisation', 'CB-2', { parentCode: 'DU-1' }),
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-accounts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes one account for each role, with passwords that only the owner reads, and leaves those that are there', async () => {
  const clock = { now: () => 0 };
  const accounts = { inside: fakeAccounts<InsideRole>(clock), outside: fakeAccounts<OutsideRole>(clock) };
  const members = {
    list: async (entity: string, { key }: { readonly key?: string }) => ({
      records: RECORDS.filter((one) => one.entity === entity && (key === undefined || one.key === key)),
      next: null,
    }),
  };
  const file = join(folder, 'sample-accounts.txt');
  expect(await sampleAccounts({ accounts, members, access }, file)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const made: Pick<Account, 'name' | 'role' | 'memberKey' | 'organisationCode'>[] = [];
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [name = '', role, password = ''] = line.split('\t');
    const zone = role === 'releaser' || role === 'auditor' ? accounts.inside : accounts.outside;
    const account = await zone.verify(name, password);
    expect(account).toMatchObject({ name, role });
    if (account !== null) made.push(account);
  }
  expect(made).toMatchObject([
    { name: 'duyet.mo', role: 'releaser' },
    { name: 'kiem.tra', role: 'auditor' },
    { name: 'ung.dung', role: 'app' },
    { name: 'dang.vien', role: 'member', memberKey: 'DV-2' },
    { name: 'bi.thu', role: 'secretary', memberKey: 'DV-3', organisationCode: 'CB-2' },
    { name: 'can.bo', role: 'officer', organisationCode: 'DU-1' },
  ]);

  const before = readFileSync(file, 'utf8');
  expect(await sampleAccounts({ accounts, members, access }, file)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe(before);
});
