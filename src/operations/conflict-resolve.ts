import { z } from 'zod';
import type { ConflictRow } from '../../connectors/postgres/port.ts';
import { journalEntry } from '../passes/journal-entry.ts';
import type { Pair } from '../sync/pair.ts';
import type { FieldValue, Fields } from '../sync/values.ts';
import type { Bridge } from './bridge.ts';
import { knownConflict } from './conflicts.ts';
import { OperationError, type Operation } from './operation.ts';
import { readTypedValue } from './typed-value.ts';
import { writeDecision } from './write-decision.ts';

const args = z
  .strictObject({
    id: z.string(),
    choose: z.enum(['notes', 'handbook']).optional(),
    /** A third value: a text, or JSON for numbers and lists. */
    value: z.string().optional(),
    /** Of the same document; without them the conflict's own field. */
    fields: z.array(z.string()).optional(),
    reason: z.string().optional(),
  })
  .refine((given) => (given.choose === undefined) !== (given.value === undefined), {
    error: 'say either whose value is right (choose) or what is (value)',
  });

export interface Resolved {
  readonly id: string;
  readonly choice: string;
  readonly fields: readonly string[];
}

/**
 * [RS1] Closes conflicts of one document by a person's choice: a side's value, or a third one. The choice travels as an ordinary edit of the side that has to
 * change; an edit made meanwhile is a new conflict, never overwritten. [RS3] What a policy settled, or a person decided before, is changed in the same way.
 */
export function conflictResolve(bridge: Bridge): Operation<z.infer<typeof args>, Resolved> {
  return {
    name: 'conflict-resolve',
    summary: 'Decides a conflict for one side or by a third value; the values of both stay in the row',
    role: 'operator',
    args,
    async run({ id, choose, value, fields, reason }, context) {
      const { store, clock } = bridge.deps;
      const row = await knownConflict(bridge, id);
      const [pair] = await store.pairsById([row.pairId]);
      if (!pair) throw new OperationError('not-found', `The pair of conflict ${id} is gone`);
      const rows = await chosenRows(bridge, row, fields);
      const base: Record<string, FieldValue> = { ...pair.base };
      const edits: Record<string, FieldValue> = {};
      for (const one of rows) decide(bridge, pair, one, choose, value, base, edits);
      // First the value, then the decision: a death between them leaves the conflict open, and a person decides once more.
      if (Object.keys(edits).length > 0)
        await writeDecision(bridge, pair, edits, `resolve ${id} ${pair.version}`);
      const choice = choose ?? 'value';
      const at = new Date(clock.now()).toISOString();
      const missed = await store.transaction(null, async (tx) => {
        const misses = await tx.updatePairs([
          { id: pair.id, version: pair.version, base, pending: true, blocked: null },
        ]);
        if (misses.size > 0) return misses;
        await tx.closeConflicts(
          rows.map((one) => one.id),
          { state: 'resolved', choice, by: context.by, at, anew: true },
        );
        const line = { pairId: pair.id, recordId: pair.recordId, unid: pair.unid, by: context.by };
        await tx.appendJournal(row.linkId, [
          journalEntry(
            bridge.deps,
            { passId: id },
            {
              ...line,
              event: 'resolve',
              rule: 'RS1',
              fields: rows.map((one) => one.field),
              reason: reason ?? choice,
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
      return { id, choice, fields: rows.map((one) => one.field) };
    },
  };
}

/** [RS2] The conflict itself, or the newest of each named field of its document. */
async function chosenRows(
  bridge: Bridge,
  row: ConflictRow,
  fields: readonly string[] | undefined,
): Promise<readonly ConflictRow[]> {
  if (fields === undefined || fields.length === 0 || (fields.length === 1 && fields[0] === row.field))
    return [row];
  const ofDocument = (await bridge.deps.store.conflicts({ linkId: row.linkId, limit: 1000 })).filter(
    (one) => one.pairId === row.pairId && (one.state === 'open' || one.id === row.id),
  );
  return [...new Set(fields)].map((field) => {
    const found = ofDocument.find((one) => one.field === field);
    if (found) return found;
    const names = [...new Set(ofDocument.map((one) => one.field))].join(', ');
    throw new OperationError(
      'bad-request',
      `No open conflict of this document is over "${field}"; there are: ${names}`,
    );
  });
}

function decide(
  bridge: Bridge,
  pair: Pair,
  row: ConflictRow,
  choose: 'notes' | 'handbook' | undefined,
  value: string | undefined,
  base: Record<string, FieldValue>,
  edits: Record<string, FieldValue>,
): void {
  if (row.state === 'obsolete' || pair.status === 'tombstone' || pair.status === 'withdrawn')
    throw new OperationError(
      'refused',
      `Conflict ${row.id} is over: its document is ${pair.status}, or both sides agree again`,
    );
  if (row.kind === 'edit-against-delete') {
    if (choose !== 'notes')
      throw new OperationError(
        'refused',
        'The note is gone: restore it in Notes, then the member’s edit is brought across by itself',
      );
    Object.assign(base, acceptedEdits(row));
    return;
  }
  const mapping = bridge.links
    .find((link) => link.id === row.linkId)
    ?.mappings.find((one) => one.form === pair.form)
    ?.fields.find((one) => one.field === row.field);
  if (!mapping) throw new OperationError('refused', `Field "${row.field}" is not mapped any more`);
  const wanted =
    value === undefined
      ? ((choose === 'notes' ? row.notes : row.handbook) ?? null)
      : readTypedValue(mapping, value);
  if (row.state === 'open' && value === undefined) {
    // The base takes the other side's value: the planner then sees one edit, and brings it across.
    base[row.field] = (choose === 'notes' ? row.handbook : row.notes) ?? null;
    return;
  }
  if (mapping.direction === 'pull')
    throw new OperationError('refused', `Notes alone writes "${mapping.item}": change it there`);
  if (row.state === 'open') base[row.field] = row.notes ?? null;
  edits[row.field] = wanted;
}

/** The member's edit is given up: the record counts as it was, and the deletion takes its course. */
function acceptedEdits(row: ConflictRow): Fields {
  const edits =
    typeof row.handbook === 'string'
      ? z.record(z.string(), z.json()).safeParse(JSON.parse(row.handbook))
      : null;
  return edits?.success ? (edits.data as Fields) : {};
}
