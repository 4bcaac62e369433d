import type { ShownRecords } from '../../../connectors/accounts/port.ts';

export function fakeShownRecords(): ShownRecords {
  const shown = new Set<string>();
  return {
    async remember(accountId, recordIds) {
      for (const id of recordIds) shown.add(`${accountId} ${id}`);
    },
    async among(accountId, recordIds) {
      return new Set(recordIds.filter((id) => shown.has(`${accountId} ${id}`)));
    },
  };
}
