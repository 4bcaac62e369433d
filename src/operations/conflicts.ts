import { z } from 'zod';
import type { ConflictRow } from '../../connectors/postgres/port.ts';
import { journalEntry } from '../passes/journal-entry.ts';
import type { FieldValue } from '../sync/values.ts';
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
    run: ({ id }) => known(bridge, id),
  };
}

const resolveArgs = z.strictObject({
  id: z.string(),
  choose: z.enum(['notes', 'handbook']),
  fields: z.array(z.string()).optional(),
  reason: z.string().optional(),
});

/**
 * [RS1] Closes a conflict by a person's choice: the base takes the value of the side that was not chosen, so the planner sees one edit and brings it
 * across by the ordinary way. An edit made meanwhile is a new conflict, never overwritten.
 */
export function conflictResolve(
  bridge: Bridge,
): Operation<z.infer<typeof resolveArgs>, { readonly id: string; readonly choice: string }> {
  return {
    name: 'conflict-resolve',
    summary: 'Decides a conflict for one side; the other value stays in the row',
    role: 'operator',
    args: resolveArgs,
    async run({ id, choose, reason }, context) {
      const { store, clock } = bridge.deps;
      const row = await known(bridge, id);
      if (row.state === 'resolved' || row.state === 'obsolete')
        throw new OperationError(
          'refused',
          `Conflict ${id} is closed already (${row.state} by ${row.closedBy})`,
        );
      if (row.kind === 'edit-against-delete' && choose === 'handbook') {
        throw new OperationError(
          'refused',
          'The note is gone: restore it in Notes, then the member’s edit is brought across by itself',
        );
      }
      const [pair] = await store.pairsById([row.pairId]);
      if (!pair) throw new OperationError('not-found', `The pair of conflict ${id} is gone`);
      const at = new Date(clock.now()).toISOString();
      const base =
        row.kind === 'edit-against-delete'
          ? acceptedDeletion(pair.base, row)
          : { ...pair.base, [row.field]: loserOf(row, choose) };
      const missed = await store.transaction(null, async (tx) => {
        const misses = await tx.updatePairs([
          { id: pair.id, version: pair.version, base, pending: true, blocked: null },
        ]);
        if (misses.size > 0) return misses;
        await tx.closeConflicts([id], { state: 'resolved', choice: choose, by: context.by, at });
        await tx.appendJournal(row.linkId, [
          journalEntry(
            bridge.deps,
            { passId: id },
            {
              event: 'resolve',
              rule: 'RS1',
              pairId: pair.id,
              recordId: pair.recordId,
              unid: pair.unid,
              fields: [row.field],
              by: context.by,
              reason: reason ?? choose,
            },
          ),
        ]);
        return misses;
      });
      if (missed.size > 0)
        throw new OperationError(
          'busy',
          `Conflict ${id} was being worked on: look at it again and decide once more`,
        );
      return { id, choice: choose };
    },
  };
}

function loserOf(row: ConflictRow, choose: 'notes' | 'handbook'): FieldValue {
  return (choose === 'notes' ? row.handbook : row.notes) ?? null;
}

/** The member's edit is given up: the record counts as it was, and the deletion takes its course. */
function acceptedDeletion(
  base: Readonly<Record<string, FieldValue>>,
  row: ConflictRow,
): Readonly<Record<string, FieldValue>> {
  const edits =
    typeof row.handbook === 'string'
      ? z.record(z.string(), z.json()).safeParse(JSON.parse(row.handbook))
      : null;
  return { ...base, ...(edits?.success ? (edits.data as Record<string, FieldValue>) : {}) };
}

async function known(bridge: Bridge, id: string): Promise<ConflictRow> {
  const row = z.uuid().safeParse(id).success ? await bridge.deps.store.conflict(id) : null;
  if (!row) throw new OperationError('not-found', `No conflict "${id}": list them with "bridge conflicts"`);
  return row;
}
