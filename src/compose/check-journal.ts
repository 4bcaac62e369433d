import type { SyncStore } from '../../connectors/postgres/port.ts';
import { GENESIS, type JournalHead, verifyJournal } from '../../connectors/postgres/store/journal-chain.ts';
import type { JournalCheck } from '../operations/bridge.ts';

const PORTION = 1_000;

/** Recomputes a link's chain portion by portion. */
export async function checkJournal(
  store: SyncStore,
  linkId: string,
  onProgress: (checked: number) => void,
): Promise<JournalCheck> {
  let head: JournalHead = GENESIS;
  for (;;) {
    const rows = await store.journal(linkId, head.sequence, PORTION);
    const verdict = verifyJournal(rows, head);
    if (!verdict.intact)
      return { link: linkId, ok: false, rows: head.sequence, brokenAt: verdict.broken.sequence };
    head = verdict.head;
    onProgress(head.sequence);
    if (rows.length < PORTION) return { link: linkId, ok: true, rows: head.sequence, brokenAt: null };
  }
}
