import type { FieldMapping } from '../sync/mapping.ts';
import type { FieldValue } from '../sync/values.ts';
import { elements } from './handbook-clients.ts';
import type { Shown } from './ledger.ts';
import { PARENT_FORM } from './sim-mappings.ts';
import type { World } from './world.ts';

/** The first notes of a history get these codes. */
const CODES = ['M-1', 'M-2', 'M-3'];

/** [AD1] The handbook was kept by hand before the bridge came: it holds records of what Notes holds as well, with values of their own. */
export async function keepRecordsBefore(world: World): Promise<void> {
  const mapping = world.mappings.find(({ form }) => form === PARENT_FORM);
  if (!mapping) return;
  for (const code of CODES) {
    const recordId = world.deps.newId();
    const set: Record<string, FieldValue> = {};
    for (const field of mapping.fields)
      set[field.field] = field.field === 'code' ? code : valueFor(world, field);
    const [outcome] = await world.handbook.apply([
      {
        kind: 'put',
        opId: world.deps.newId(),
        recordId,
        entity: mapping.entity,
        expectedVersion: 0,
        key: code,
        set,
      },
    ]);
    if (outcome?.kind !== 'applied') continue;
    world.coverage.hit('record from before the bridge');
    for (const field of mapping.fields)
      for (const value of field.field === 'code' ? [] : elements(set[field.field]))
        world.ledger.writes.push({
          side: 'handbook',
          doc: recordId,
          field: field.field,
          value: field.type === 'number' ? (set[field.field] as Shown) : value,
          saw: null,
          element: field.type === 'set',
          step: 0,
          told: false,
        });
  }
}

function valueFor(world: World, { type }: FieldMapping): FieldValue {
  if (type === 'number') return world.nextNumber();
  return type === 'set' ? [world.nextWord()] : world.nextWord();
}
