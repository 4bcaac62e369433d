import { z } from 'zod';
import type { QuarantineRow } from '../../connectors/postgres/port.ts';
import type { Bridge } from './bridge.ts';
import { linkArgs } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';

const LIST_LIMIT = 500;

export function quarantineList(
  bridge: Bridge,
): Operation<z.infer<typeof linkArgs>, { readonly quarantined: readonly QuarantineRow[] }> {
  return {
    name: 'quarantine-list',
    summary: 'Documents that could not be processed, with their reasons',
    role: 'auditor',
    args: linkArgs,
    async run({ link }) {
      return {
        quarantined: await bridge.deps.store.quarantined({
          ...(link === undefined ? {} : { linkId: link }),
          limit: LIST_LIMIT,
        }),
      };
    },
  };
}

const retryArgs = z.strictObject({ id: z.string() });

export function quarantineRetry(
  bridge: Bridge,
): Operation<z.infer<typeof retryArgs>, { readonly id: string; readonly pairId: string }> {
  return {
    name: 'quarantine-retry',
    summary: 'Tries a quarantined document again with the next pass',
    role: 'operator',
    args: retryArgs,
    async run({ id }) {
      const { store } = bridge.deps;
      const row = (await store.quarantined({ limit: 100_000 })).find((candidate) => candidate.id === id);
      if (!row)
        throw new OperationError(
          'not-found',
          `Nothing is quarantined under "${id}": list it with "bridge quarantine"`,
        );
      const [pair] = await store.pairsById([row.pairId]);
      if (!pair) throw new OperationError('not-found', `The pair of "${id}" is gone`);
      await store.transaction(null, async (tx) => {
        await tx.updatePairs([
          { id: pair.id, version: pair.version, pending: true, blocked: null, effects: [] },
        ]);
        await tx.clearQuarantine([pair.id]);
      });
      return { id, pairId: pair.id };
    },
  };
}
