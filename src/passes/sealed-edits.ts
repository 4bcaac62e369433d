import { sameValue } from '../sync/canonical.ts';
import type { Fields, FieldValue } from '../sync/values.ts';
import type { Records } from './batch-records.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { planLine } from './plan-line.ts';

/** A field in which the record came back with the member's own value instead of the note's. */
interface SealedEdit {
  readonly name: string;
  readonly notes: FieldValue;
  readonly handbook: FieldValue;
  /** Sets meet without a base: what either side has stays. */
  readonly isSet: boolean;
}

/** Where what was sealed was laid over what was set. */
export function sealedEdits(entry: Guarded, set: Fields, now: Fields): readonly SealedEdit[] {
  return Object.entries(set).flatMap(([name, notes]) => {
    const handbook = now[name] ?? null;
    if (sameValue(handbook, notes)) return [];
    const isSet = entry.mapping.fields.find((one) => one.field === name)?.conflict === 'union';
    return [{ name, notes, handbook, isSet }];
  });
}

/**
 * [GA5] The member's edit goes to Notes. The base that they saw was erased with the withdrawal, so nobody can tell whether somebody wrote in the note
 * meanwhile: what it says there is kept before it is overwritten.
 */
export function keepOverlaid(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  edits: readonly SealedEdit[],
  into: Records,
  at: string,
): void {
  for (const { name, notes, handbook, isSet } of edits) {
    if (isSet || notes === null) continue;
    into.conflicts.push({
      kind: 'field',
      field: name,
      base: undefined,
      notes,
      handbook,
      policy: 'sealed',
      winner: 'handbook',
      id: deps.newId(),
      pairId: entry.pair.id,
      linkId: run.link.id,
      at,
      dedupe: `sealed|${entry.handbook.version}`,
    });
    into.journal.push({
      ...planLine(deps, run, entry, 'conflict', {}),
      fields: [name],
      reason: 'sealed edit',
    });
  }
}
