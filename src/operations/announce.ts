import { z } from 'zod';
import { journalEntry } from '../passes/journal-entry.ts';
import type { Reorganisation } from '../sync/reorganisation.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';

const HOUR_MS = 3_600_000;

const args = z.strictObject({
  link: z.string(),
  entity: z.string(),
  fields: z.array(z.string()).min(1),
  /** 0 takes an announcement back. */
  count: z.int().min(0).max(10_000_000),
  hours: z.int().min(1).max(168).default(24),
  reason: z.string().min(3),
});

/** [BR5] A person says that so many documents of an entity will change in these fields alone: a reorganisation is then not held up, if it comes as announced. */
export function announce(
  bridge: Bridge,
): Operation<z.infer<typeof args>, { readonly link: string; readonly announced: Reorganisation | null }> {
  return {
    name: 'announce',
    summary: 'Announces a change of many documents, by their number, so that the brake lets it pass',
    role: 'releaser',
    args,
    async run({ link: linkId, entity, fields, count, hours, reason }, context) {
      const { store, clock } = bridge.deps;
      const mapping = linkNamed(bridge, linkId).mappings.find((one) => one.entity === entity);
      if (!mapping) throw new OperationError('not-found', `Link ${linkId} has no entity "${entity}"`);
      const unknown = fields.find((field) => !mapping.fields.some((one) => one.field === field));
      if (unknown !== undefined)
        throw new OperationError('not-found', `Entity ${entity} has no field "${unknown}"`);
      const now = clock.now();
      const at = new Date(now).toISOString();
      const until = new Date(now + hours * HOUR_MS).toISOString();
      const announced = count === 0 ? null : { entity, fields, count, by: context.by, reason, at, until };
      await store.transaction(null, async (tx) => {
        await tx.patchLink(linkId, { announced });
        await tx.appendJournal(linkId, [
          journalEntry(
            bridge.deps,
            { passId: 'announce' },
            {
              event: 'announce',
              rule: 'BR5',
              by: context.by,
              fields,
              reason: `${entity}, ${count} documents: ${reason}`,
            },
          ),
        ]);
      });
      return { link: linkId, announced };
    },
  };
}
