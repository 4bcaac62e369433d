import type { LinkRow, PreviewEntry } from '../../connectors/postgres/port.ts';
import { type Guarded, guard, type Planned } from './guard-effects.ts';
import type { PassDeps } from './pass-deps.ts';

/**
 * [BR3] What of these plans would happen if the listing did not hold it back: one entry for each side that is written to. Modes, pauses and brakes that
 * stand already keep out what they would keep out anyway. Of an observed link it is told what it would do in mode `sync`.
 */
export function listEffects(
  deps: Pick<PassDeps, 'clock'>,
  row: LinkRow,
  plans: readonly Planned[],
  guarded: readonly Guarded[],
): readonly PreviewEntry[] {
  const acting: LinkRow = row.mode === 'observe' ? { ...row, mode: 'sync' } : row;
  return plans.flatMap((entry, index) => {
    const held = guarded[index];
    if (!held || held.plan.handbook || held.plan.notes) return [];
    const { plan, quarantine } = guard(deps, acting, new Set(), entry);
    if (quarantine || plan.quarantine) return [];
    const common = {
      pairId: entry.pair.id,
      recordId: entry.pair.recordId,
      unid: entry.pair.unid,
      entity: entry.pair.entity,
      rule: plan.rule,
    };
    const entries: PreviewEntry[] = [];
    if (plan.handbook)
      entries.push({
        ...common,
        event: plan.handbook.kind === 'put' ? plan.handbook.event : `${plan.handbook.kind}-record`,
        fields: Object.keys(plan.baseAfterHandbook),
      });
    if (plan.notes)
      entries.push({
        ...common,
        event: `${plan.notes.kind}-note`,
        fields: Object.keys(plan.baseAfterNotes),
      });
    return entries;
  });
}
