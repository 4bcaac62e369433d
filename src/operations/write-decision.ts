import type { Pair } from '../sync/pair.ts';
import type { Fields } from '../sync/values.ts';
import type { Bridge } from './bridge.ts';
import { OperationError } from './operation.ts';

/** Puts what a person decided into the record, as an edit that Notes has not seen yet. Throws `busy` when the record changed meanwhile. */
export async function writeDecision(bridge: Bridge, pair: Pair, set: Fields, opId: string): Promise<void> {
  const { handbook } = bridge.deps;
  const [record] = await handbook.read([pair.recordId]);
  if (record?.state !== 'live')
    throw new OperationError(
      'refused',
      'The record is not to be seen in the handbook now: wait for its note',
    );
  const [outcome] = await handbook.apply([
    {
      opId,
      recordId: pair.recordId,
      entity: pair.entity,
      expectedVersion: record.version,
      kind: 'put',
      key: record.key,
      set,
    },
  ]);
  if (outcome?.kind !== 'applied')
    throw new OperationError(
      'busy',
      'The record changed just now: look at the conflict again and decide once more',
    );
}
