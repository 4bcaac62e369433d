import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ConflictRow } from '../../connectors/postgres/port.ts';
import type { Bridge } from './bridge.ts';
import { conflictResolve } from './conflict-resolve.ts';
import { OperationError, type Operation } from './operation.ts';

const args = z.strictObject({
  link: z.string().optional(),
  entity: z.string().optional(),
  field: z.string().optional(),
  choose: z.enum(['notes', 'handbook']),
  reason: z.string().trim().min(3),
  /** The code that the list was answered with; without it only the list is made. */
  approve: z.string().optional(),
});

export interface ResolvedByRule {
  readonly done: boolean;
  /** Give it as `approve` to have exactly this list decided. */
  readonly approve: string;
  readonly conflicts: readonly Pick<
    ConflictRow,
    'id' | 'linkId' | 'entity' | 'field' | 'recordId' | 'notes' | 'handbook'
  >[];
  /** What could not be decided this way, with the reason. */
  readonly left: readonly { readonly id: string; readonly message: string }[];
}

const MOST = 1_000;

/** [RS1] The same choice for all open conflicts of a kind: first the list, then the list that was seen and no other. */
export function conflictsResolveRule(bridge: Bridge): Operation<z.infer<typeof args>, ResolvedByRule> {
  const one = conflictResolve(bridge);
  return {
    name: 'conflicts-resolve-rule',
    summary: 'Decides all open conflicts of a link, an entity or a field for one side; lists them first',
    role: 'operator',
    args,
    async run({ link, entity, field, choose, reason, approve }, context) {
      const open = await bridge.deps.store.conflicts({
        ...(link === undefined ? {} : { linkId: link }),
        state: 'open',
        limit: MOST,
      });
      const chosen = open.filter(
        (row) =>
          row.kind !== 'edit-against-delete' &&
          (entity === undefined || row.entity === entity) &&
          (field === undefined || row.field === field),
      );
      const code = codeOf(choose, chosen);
      const conflicts = chosen.map((row) => ({
        id: row.id,
        linkId: row.linkId,
        entity: row.entity,
        field: row.field,
        recordId: row.recordId,
        notes: row.notes,
        handbook: row.handbook,
      }));
      if (approve === undefined) return { done: false, approve: code, conflicts, left: [] };
      if (approve !== code)
        throw new OperationError(
          'refused',
          'The conflicts are not those of the list any more: look at the new list and approve it',
        );
      const left: ResolvedByRule['left'][number][] = [];
      for (const [index, row] of chosen.entries()) {
        context.signal.throwIfAborted();
        try {
          await one.run({ id: row.id, choose, reason }, context);
        } catch (error) {
          if (!(error instanceof OperationError)) throw error;
          left.push({ id: row.id, message: error.message });
        }
        context.progress({ phase: 'conflicts', done: index + 1, estimated: chosen.length });
      }
      return { done: true, approve: code, conflicts, left };
    },
  };
}

function codeOf(choose: string, rows: readonly ConflictRow[]): string {
  const text = JSON.stringify([
    choose,
    ...rows.map((row) => [row.id, row.notes ?? null, row.handbook ?? null]),
  ]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
