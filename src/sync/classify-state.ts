import { sameValue } from './canonical.ts';
import type { Mapping } from './mapping.ts';
import type { HandbookKind, HandbookState, NotesKind, NotesState } from './plan-types.ts';
import type { Fields } from './values.ts';

/** The row of the planner's table: a released note counts as changed when any available mapped field differs from the base. */
export function notesKind(mapping: Mapping, base: Fields, notes: NotesState): NotesKind {
  if (notes.kind !== 'note') return notes.kind;
  return differs(mapping, base, notes.fields) ? 'changed' : 'same';
}

export function handbookKind(mapping: Mapping, base: Fields, handbook: HandbookState): HandbookKind {
  if (handbook.kind !== 'record') return handbook.kind;
  return differs(mapping, base, handbook.fields) || hasUnmapped(mapping, handbook.fields)
    ? 'changed'
    : 'same';
}

/** The fields of one side that are not what the base says, as far as they are available. */
export function changedFields(mapping: Mapping, base: Fields, now: Fields): Fields {
  return Object.fromEntries(
    mapping.fields
      .map((field) => field.field)
      .filter((name) => now[name] !== undefined && !sameValue(now[name] ?? null, base[name] ?? null))
      .map((name) => [name, now[name] ?? null]),
  );
}

/** Whether a person changed this side, as against a field that the mapping gained or lost. Without any base nobody can tell, so it counts as edited. */
export function isEdited(mapping: Mapping, base: Fields, now: Fields): boolean {
  if (Object.keys(base).length === 0) return true;
  return mapping.fields.some(({ field }) => {
    const [before, value] = [base[field], now[field]];
    return before !== undefined && value !== undefined && !sameValue(before, value);
  });
}

function differs(mapping: Mapping, base: Fields, now: Fields): boolean {
  return mapping.fields.some((field) => {
    const value = now[field.field];
    return (
      value !== undefined && (base[field.field] === undefined || !sameValue(value, base[field.field] ?? null))
    );
  });
}

function hasUnmapped(mapping: Mapping, now: Fields): boolean {
  const mapped = new Set(mapping.fields.map((field) => field.field));
  return Object.entries(now).some(([name, value]) => value !== null && !mapped.has(name));
}
