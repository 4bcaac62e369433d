import type { DominoErrorCode } from '../../connectors/domino/port.ts';
import type { LinkRow, SyncTx } from '../../connectors/postgres/port.ts';
import { journalEntry } from './journal-entry.ts';
import type { Instance, Link, PassDeps } from './pass-deps.ts';

/** Failures that tell of a server, not of what it was asked. */
const SERVER_FAILURES: ReadonlySet<DominoErrorCode> = new Set(['unreachable', 'not-found', 'not-authorized']);

/** All instances of a link, in the order in which they take over. */
export function instancesOf(link: Link): readonly Instance[] {
  const { instanceId, database } = link;
  const standby = link.standby ?? [];
  return standby.some((one) => one.instanceId === instanceId)
    ? standby
    : [{ instanceId, database }, ...standby];
}

/** [FO1] The link with the instance that it shall work with: the wanted one, or the first where that is not configured any more. */
export function instanceOf(link: Link, row: Pick<LinkRow, 'wantedInstance'>): Link {
  const all = instancesOf(link);
  const wanted = all.find((one) => one.instanceId === row.wantedInstance) ?? all[0];
  return { ...link, ...wanted, standby: all };
}

/** [FO1] After enough failures of its server in a row a link goes over to the next instance; back it goes by a person's word only. */
export async function failOver(
  deps: Pick<PassDeps, 'clock' | 'log'>,
  tx: SyncTx,
  link: Link,
  passId: string,
  failed: { readonly failures: number; readonly code: DominoErrorCode },
): Promise<void> {
  const all = instancesOf(link);
  const place = all.findIndex((one) => one.instanceId === link.instanceId);
  const next = all[(place + 1) % all.length];
  if (link.failoverAfter === undefined || failed.failures < link.failoverAfter) return;
  if (next === undefined || next.instanceId === link.instanceId || !SERVER_FAILURES.has(failed.code)) return;
  await tx.patchLink(link.id, { wantedInstance: next.instanceId, failures: 0, restsUntil: null });
  await tx.appendJournal(link.id, [
    journalEntry(
      deps,
      { passId },
      {
        event: 'failover',
        rule: 'FO1',
        reason: `${link.instanceId} → ${next.instanceId}: ${failed.code}, ${failed.failures} times`,
      },
    ),
  ]);
  deps.log.error(
    { link: link.id, from: link.instanceId, to: next.instanceId, code: failed.code },
    'the link goes over to its next instance',
  );
}
