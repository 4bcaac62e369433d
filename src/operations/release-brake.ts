import { z } from 'zod';
import { acceptPreview } from './accept-preview.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';

const args = z.strictObject({
  link: z.string(),
  lane: z.enum(['updates', 'deletes']),
  reason: z.string().min(3),
});

export function releaseBrake(
  bridge: Bridge,
): Operation<
  z.infer<typeof args>,
  { readonly link: string; readonly lane: string; readonly preview: string }
> {
  return {
    name: 'release-brake',
    summary: 'Lets a braked lane go on, with the reason of the person who looked at its list',
    role: 'releaser',
    args,
    async run(given, context) {
      linkNamed(bridge, given.link);
      const row = await bridge.deps.store.link(given.link);
      const preview = given.lane === 'deletes' ? row?.brakeDeletes : row?.brakeUpdates;
      if (!preview)
        throw new OperationError('refused', `The ${given.lane} of link ${given.link} are not braked`);
      await acceptPreview(bridge, preview, context, given.reason);
      return { link: given.link, lane: given.lane, preview };
    },
  };
}
