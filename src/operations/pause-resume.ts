import { z } from 'zod';
import { journalEntry } from '../passes/journal-entry.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import type { Operation } from './operation.ts';

const args = z.strictObject({ link: z.string(), direction: z.enum(['pull', 'push']).optional() });

interface Paused {
  readonly link: string;
  readonly pausedPull: boolean;
  readonly pausedPush: boolean;
}

export function pause(bridge: Bridge): Operation<z.infer<typeof args>, Paused> {
  return setPaused(bridge, 'pause', true, 'Stops a link, or one direction of it; withdrawals go on');
}

export function resume(bridge: Bridge): Operation<z.infer<typeof args>, Paused> {
  return setPaused(bridge, 'resume', false, 'Lets a paused link, or one direction of it, go on');
}

function setPaused(
  bridge: Bridge,
  name: 'pause' | 'resume',
  paused: boolean,
  summary: string,
): Operation<z.infer<typeof args>, Paused> {
  return {
    name,
    summary,
    role: 'operator',
    args,
    async run({ link, direction }, context) {
      linkNamed(bridge, link);
      const { store } = bridge.deps;
      await store.transaction(null, async (tx) => {
        if (direction !== 'push') await tx.patchLink(link, { pausedPull: paused });
        if (direction !== 'pull') await tx.patchLink(link, { pausedPush: paused });
        // A pair may wait for both and names one: each is planned again and set aside anew if it still has to wait.
        if (!paused)
          for (const reason of ['paused-pull', 'paused-push'] as const) await tx.unblock(link, reason);
        await tx.appendJournal(link, [
          journalEntry(
            bridge.deps,
            { passId: 'operator' },
            { event: name, rule: 'PA1', by: context.by, reason: direction ?? 'both' },
          ),
        ]);
      });
      const row = await store.link(link);
      return { link, pausedPull: row?.pausedPull ?? false, pausedPush: row?.pausedPush ?? false };
    },
  };
}
