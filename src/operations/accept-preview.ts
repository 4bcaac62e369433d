import type { PreviewRow, SyncTx } from '../../connectors/postgres/port.ts';
import { RELEASE_MS } from '../passes/agree.ts';
import { journalEntry } from '../passes/journal-entry.ts';
import type { Pair } from '../sync/pair.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type OperationContext } from './operation.ts';

/**
 * [BR3] A named person accepts what a preview lists: a first run starts, a braked lane goes on. Throws `not-found`, or `refused` when it was decided
 * already or another list has taken its place.
 */
export async function acceptPreview(
  bridge: Bridge,
  previewId: string,
  context: OperationContext,
  reason = 'preview accepted',
): Promise<string> {
  const { store, clock } = bridge.deps;
  const preview = await store.preview(previewId);
  if (!preview)
    throw new OperationError('not-found', `No preview "${previewId}": list them with "bridge preview"`);
  if (preview.decidedAt !== null)
    throw new OperationError(
      'refused',
      `Preview ${previewId} was decided by ${preview.decidedBy} at ${preview.decidedAt}`,
    );
  linkNamed(bridge, preview.linkId);
  const newest = (await store.previews(preview.linkId, 20)).find((row) => row.lane === preview.lane);
  if (newest && newest.id !== preview.id)
    throw new OperationError(
      'refused',
      `Preview ${previewId} is out of date: the newest of its kind is ${newest.id}`,
    );
  const at = new Date(clock.now()).toISOString();
  const asked = await askedBefore(bridge, preview, context, reason, at);
  const repaired =
    preview.lane === 'repair' ? await store.pairsById(preview.entries.map((entry) => entry.pairId)) : [];
  await store.transaction(null, async (tx) => {
    await tx.decidePreview(previewId, { by: context.by, at, reason });
    const releasedUntil = new Date(clock.now() + RELEASE_MS).toISOString();
    switch (preview.lane) {
      case 'first-run':
        await tx.patchLink(preview.linkId, { approved: true, releasedUntil });
        await tx.unblock(preview.linkId, 'listed');
        break;
      case 'deletes':
        await tx.patchLink(preview.linkId, { brakeDeletes: null, releasedUntil });
        await tx.unblock(preview.linkId, 'brake-deletes');
        break;
      case 'updates':
        await tx.patchLink(preview.linkId, { brakeUpdates: null, releasedUntil });
        await tx.unblock(preview.linkId, 'brake-updates');
        break;
      case 'repair':
        await lookWithoutBase(tx, repaired);
        break;
      default:
        throw new OperationError('refused', `Preview ${previewId} only shows; there is nothing to accept`);
    }
    const event = preview.lane === 'first-run' ? 'approve' : 'release';
    await tx.appendJournal(preview.linkId, [
      journalEntry(
        bridge.deps,
        { passId: previewId },
        { event, rule: 'BR3', by: context.by, reason: `${preview.lane}: ${asked}${reason}` },
      ),
    ]);
  });
  return preview.linkId;
}

/**
 * Four eyes: the first person's word is kept and throws `needs-approval`; a second person's lets it happen. Answers what the first one said, for the journal.
 */
async function askedBefore(
  bridge: Bridge,
  { id, linkId, lane }: PreviewRow,
  { by }: OperationContext,
  reason: string,
  at: string,
): Promise<string> {
  if (bridge.fourEyes === undefined || (lane !== 'deletes' && lane !== 'updates')) return '';
  const request = await bridge.fourEyes.ask({ previewId: id, linkId, askedBy: by, at, reason });
  if (request.askedBy === by)
    throw new OperationError(
      'needs-approval',
      `Your word is kept. Another releaser or operator has to look at the list and release it too: bridge release --link ${linkId} --lane ${lane} --reason …`,
      { preview: id, askedBy: by, fourEyes: true },
    );
  return `${request.askedBy}: ${request.reason}; ${by}: `;
}

/** [RP1] The next pass plans these pairs as the list was planned: their base is not believed. */
async function lookWithoutBase(tx: SyncTx, pairs: readonly Pair[]): Promise<void> {
  const patches = pairs.map(({ id, version }) => ({
    id,
    version,
    baseMapping: '',
    pending: true,
    blocked: null,
  }));
  const missed = await tx.updatePairs(patches);
  if (missed.size > 0)
    throw new OperationError(
      'busy',
      'A document of the list was being worked on: accept it again in a moment',
    );
}
