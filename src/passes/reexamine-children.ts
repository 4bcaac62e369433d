import { headerItems } from './gate-reading.ts';
import { groupBy } from './group-by.ts';
import { observeHeaders } from './observe-headers.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { readBatch } from './read-batch.ts';
import { knownServerClock } from './server-clock.ts';

interface ParentKey {
  readonly entity: string;
  readonly key: string;
}

/**
 * [GA4] Notes that wait for a parent's release are looked at again when that parent has crossed or has left again; what is withdrawn with it may
 * have children of its own.
 */
export async function reexamineChildren(
  deps: PassDeps,
  run: PassRun,
  parents: readonly ParentKey[],
): Promise<void> {
  for (let level = parents; level.length > 0; ) level = await lookAtChildren(deps, run, level);
}

/** Keys of the children that were withdrawn. */
async function lookAtChildren(
  deps: PassDeps,
  run: PassRun,
  parents: readonly ParentKey[],
): Promise<readonly ParentKey[]> {
  const { link } = run;
  const withdrawn: ParentKey[] = [];
  for (const [entity, group] of groupBy(parents, (parent) => parent.entity)) {
    const childForms = new Set(
      link.mappings
        .filter((mapping) => mapping.gate.parent?.entity === entity)
        .map((mapping) => mapping.form),
    );
    if (childForms.size === 0) continue;
    const children = await deps.store.pairsByParentKey(
      link.id,
      group.map((parent) => parent.key),
    );
    const waiting = children.filter((pair) => pair.unid !== null && childForms.has(pair.form));
    if (waiting.length === 0) continue;
    const clock = await knownServerClock(deps, run);
    const readings = await readBatch(run, waiting, headerItems(link.mappings));
    const seen = await observeHeaders(deps, run, [...readings.values()], () => clock, new Set());
    withdrawn.push(...seen.withdrawn.parents);
  }
  return withdrawn;
}
