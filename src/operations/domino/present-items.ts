import type { z } from 'zod';
import type { Item, Items } from '../../sync/note.ts';
import type { itemsSchema } from './domino-args.ts';

/** Items without the flags that were given as undefined. */
export function presentItems(items: z.infer<typeof itemsSchema>): Items {
  return Object.fromEntries(
    Object.entries(items).map(([name, { type, values, ...flags }]) => {
      const given = Object.entries(flags).filter(([, flag]) => flag !== undefined);
      return [name, { type, values, ...(Object.fromEntries(given) as Partial<Item>) }];
    }),
  );
}
