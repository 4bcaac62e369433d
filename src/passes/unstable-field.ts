import type { Guarded } from './guard-effects.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

/** Among the fields of an effect: this one was written and came back as something else. */
export function unlikeMark(field: string): string {
  return `${field}?`;
}

/**
 * [BA4] A value that comes back as another one twice in a row is changed by the database itself (a formula, an agent): written again and again it would never
 * rest, so its pair is set aside. Once is somebody's save.
 */
export function unstableField(entry: Guarded, unlike: readonly string[]): QuarantineReason | null {
  const before = entry.pair.effects.at(-1);
  if (before?.side !== 'notes') return null;
  const again = unlike.filter((field) => before.fields.includes(unlikeMark(field)));
  if (again.length === 0) return null;
  const items = again.map((name) => entry.mapping.fields.find((one) => one.field === name)?.item ?? name);
  return { code: 'unstable-field', detail: `the database changes what is written to ${items.join(', ')}` };
}
