import { z } from 'zod';
import type { Accounts, OutsideRole } from '../../connectors/accounts/port.ts';
import type { ReadAudit, ReadEntry } from '../../connectors/handbook/audit-port.ts';
import { OperationError, type Operation } from './operation.ts';

const args = z.strictObject({
  record: z.uuid().optional(),
  member: z.string().min(1).max(200).optional(),
  account: z.string().min(1).max(64).optional(),
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(1_000).default(200),
});

interface NamedReading extends ReadEntry {
  /** Name of the account; null when it is no more. */
  readonly account: string | null;
}

export interface AuditSources {
  readonly audit: ReadAudit;
  readonly outside: Pick<Accounts<OutsideRole>, 'accountNamed' | 'accountsWithIds'>;
}

export function auditList({
  audit,
  outside,
}: AuditSources): Operation<z.infer<typeof args>, { readonly reads: readonly NamedReading[] }> {
  return {
    name: 'audit-list',
    summary: "Who read other people's records in the handbook, newest first; never what the records say",
    role: 'auditor',
    args,
    async run({ record, member, account, before, limit }) {
      const reader = account === undefined ? undefined : await outside.accountNamed(account);
      if (reader === null) throw new OperationError('not-found', `No handbook account "${account}"`);
      const entries = await audit.reads({
        limit,
        ...(record !== undefined && { recordId: record }),
        ...(member !== undefined && { memberKey: member }),
        ...(reader !== undefined && { accountId: reader.id }),
        ...(before !== undefined && { before }),
      });
      const known = await outside.accountsWithIds([...new Set(entries.map(({ accountId }) => accountId))]);
      const names = new Map(known.map(({ id, name }) => [id, name]));
      return { reads: entries.map((entry) => ({ ...entry, account: names.get(entry.accountId) ?? null })) };
    },
  };
}
