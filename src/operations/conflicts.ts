import { z } from 'zod';
import type { ConflictRow } from '../../connectors/postgres/port.ts';
import type { Bridge } from './bridge.ts';
import { linkArgs } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';

const LIST_LIMIT = 500;

export function conflictsList(
  bridge: Bridge,
): Operation<z.infer<typeof linkArgs>, { readonly conflicts: readonly ConflictRow[] }> {
  return {
    name: 'conflicts-list',
    summary: 'Conflicts, newest first; those that wait for a person and those that a policy settled',
    role: 'auditor',
    args: linkArgs,
    async run({ link }) {
      return {
        conflicts: await bridge.deps.store.conflicts({
          ...(link === undefined ? {} : { linkId: link }),
          limit: LIST_LIMIT,
        }),
      };
    },
  };
}

const showArgs = z.strictObject({ id: z.string() });

export function conflictShow(bridge: Bridge): Operation<z.infer<typeof showArgs>, ConflictRow> {
  return {
    name: 'conflict-show',
    summary: 'One conflict with the base and both values',
    role: 'auditor',
    args: showArgs,
    run: ({ id }) => knownConflict(bridge, id),
  };
}

export async function knownConflict(bridge: Bridge, id: string): Promise<ConflictRow> {
  const row = z.uuid().safeParse(id).success ? await bridge.deps.store.conflict(id) : null;
  if (!row) throw new OperationError('not-found', `No conflict "${id}": list them with "bridge conflicts"`);
  return row;
}
