import type { z } from 'zod';
import type { Bridge } from './bridge.ts';
import { chooseLinks, linkArgs } from './choose-links.ts';
import type { Operation } from './operation.ts';

export interface MappingDriftAnswer {
  readonly drift: readonly {
    readonly link: string;
    readonly form: string;
    readonly item: string;
    readonly kind: string;
    readonly expected: string;
    readonly seen: string;
    readonly notes: number;
    readonly firstAt: string;
    readonly lastAt: string;
  }[];
}

/** Names and types alone; whoever may look at the links may see it. */
export function mappingDrift(bridge: Bridge): Operation<z.infer<typeof linkArgs>, MappingDriftAnswer> {
  return {
    name: 'mapping-drift',
    summary: 'Lists where real notes depart from the mappings: types, items and forms that no mapping names',
    role: 'auditor',
    args: linkArgs,
    async run(given) {
      const drift: MappingDriftAnswer['drift'][number][] = [];
      for (const link of chooseLinks(bridge, given.link)) {
        for (const { mapping, ...row } of await bridge.deps.store.drift(link.id)) {
          const current = link.mappings.find(({ form }) => form === row.form)?.version ?? '';
          // What departed from an earlier mapping says nothing of this one.
          if (mapping === current) drift.push({ link: link.id, ...row });
        }
      }
      return { drift };
    },
  };
}
