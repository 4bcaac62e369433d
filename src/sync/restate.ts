import { sameValue } from './canonical.ts';
import type { Plan } from './plan-types.ts';
import type { Fields, FieldValue } from './values.ts';

/** [MC4] Of a live record, what it still holds in an old type or form is written as it is said now, whether or not anything else is to be written. */
export function restate(plan: Plan, stored: Fields, recast: Fields): Plan {
  if (plan.status !== 'live' || (plan.handbook !== null && plan.handbook.kind !== 'put')) return plan;
  const put = plan.handbook?.set ?? {};
  const set: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(recast)) {
    const was = stored[name];
    if (was === undefined || put[name] !== undefined || sameValue(was, value)) continue;
    set[name] = value;
  }
  if (Object.keys(set).length === 0) return plan;
  const event = plan.handbook?.event ?? 'update-record';
  return {
    ...plan,
    rule: plan.handbook === null && plan.notes === null ? 'MC4' : plan.rule,
    handbook: { kind: 'put', event, set: { ...put, ...set } },
  };
}
