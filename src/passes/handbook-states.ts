import type { HandbookRecord } from '../../connectors/handbook/port.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { HandbookSight, Pair } from '../sync/pair.ts';
import type { HandbookState } from '../sync/plan-types.ts';
import type { Fields, FieldValue } from '../sync/values.ts';
import type { Link, PassDeps } from './pass-deps.ts';

/** The handbook's side of these pairs as the planner wants it, by record id: every mapped field available, an unset one empty. */
export async function handbookStates(
  deps: Pick<PassDeps, 'handbook'>,
  link: Link,
  pairs: readonly Pick<Pair, 'recordId'>[],
): Promise<ReadonlyMap<string, HandbookState>> {
  const states = new Map<string, HandbookState>(
    pairs.map((pair) => [pair.recordId, { kind: 'absent', version: 0 }]),
  );
  for (const record of pairs.length === 0
    ? []
    : await deps.handbook.read(pairs.map((pair) => pair.recordId))) {
    const mapping = link.mappings.find((candidate) => candidate.entity === record.entity);
    if (mapping) states.set(record.recordId, stateOf(mapping, record));
  }
  return states;
}

export function stateOf(mapping: Mapping, record: HandbookRecord): HandbookState {
  switch (record.state) {
    case 'live':
    case 'hidden':
      return {
        kind: 'record',
        version: record.version,
        fields: completeFields(mapping, record.fields),
        hidden: record.state === 'hidden',
      };
    case 'deleted':
      return { kind: 'deleted', version: record.version };
    case 'withdrawn':
      return { kind: 'absent', version: record.version };
  }
}

export function sightOf(state: HandbookState): HandbookSight {
  switch (state.kind) {
    case 'record':
      return state.hidden ? 'hidden' : 'live';
    case 'deleted':
      return 'deleted';
    case 'absent':
      return state.version === 0 ? 'absent' : 'withdrawn';
  }
}

function completeFields(mapping: Mapping, fields: Fields): Fields {
  const complete: Record<string, FieldValue> = { ...fields };
  for (const field of mapping.fields) complete[field.field] ??= null;
  return complete;
}
