import type { FieldMapping } from '../sync/mapping.ts';
import { elements } from './handbook-clients.ts';
import type { Shown, UserWrite } from './ledger.ts';
import type { World } from './world.ts';

/** A person at a Notes client wrote `value` in the place of `saw`; of a set, they added it. */
export function tellWrite(world: World, doc: string, field: FieldMapping, value: Shown, saw: Shown): void {
  world.ledger.writes.push(told(world, doc, field, value, saw));
}

/** A person at a Notes client took `value` out of a set. */
export function tellRemoval(world: World, doc: string, field: FieldMapping, value: Shown): void {
  world.ledger.removals.push(told(world, doc, field, value, value));
}

function told(world: World, doc: string, { field, type }: FieldMapping, value: Shown, saw: Shown): UserWrite {
  return {
    side: 'notes',
    doc,
    field,
    value,
    saw,
    element: type === 'set',
    step: world.scheduler.steps,
    told: false,
    unseen: isUnseen(world, doc, field, saw),
  };
}

/** The bridge wrote this, and has not looked at the note since. */
function isUnseen({ store }: World, doc: string, field: string, value: Shown): boolean {
  const { pairs, intents } = store.tables();
  return [...intents.values()].some(
    ({ side, pairId, fields }) =>
      side === 'notes' && pairs.get(pairId)?.unid === doc && elements(fields[field]).includes(String(value)),
  );
}
