import { createHash } from 'node:crypto';
import type { Mapping } from '../sync/mapping.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/**
 * [MC5] A mapping that is not the one of the last pass makes the link look at every document of its form again, and at what was set aside of it. The pairs are
 * pending from then on, so a death or a full hour in between costs nothing.
 */
export async function noteMappings(deps: PassDeps, run: PassRun): Promise<PassRun> {
  const { link, row } = run;
  const now = new Map(link.mappings.map((mapping) => [mapping.form, printOf(mapping)]));
  const text = [...now].map(([form, print]) => `${print} ${form}`).join('\n');
  if (row.mappingsKnown === text) return run;
  const before = new Map(
    (row.mappingsKnown ?? '').split('\n').map((line) => [line.slice(17), line.slice(0, 16)]),
  );
  const changed = [...now].flatMap(([form, print]) =>
    before.has(form) && before.get(form) !== print ? [form] : [],
  );
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    if (changed.length > 0) {
      await tx.lookAgain(link.id, changed);
      await tx.appendJournal(link.id, [
        journalEntry(deps, run, { event: 'mapping', rule: 'MC5', reason: changed.join(', ') }),
      ]);
    }
    await tx.patchLink(link.id, {
      mappingsKnown: text,
      // A new form's older notes are in no slice, and a changed gate lets others through.
      ...(row.mappingsKnown === null ? {} : { sweepDue: true, sweepAfter: null }),
      ...(changed.length > 0 ? { mappingChanged: true } : {}),
    });
  });
  return { ...run, row: (await deps.store.link(link.id)) ?? row };
}

const prints = new WeakMap<Mapping, string>();

/** Everything that a mapping says counts, whether or not somebody raised its version; titles do not. */
function printOf(mapping: Mapping): string {
  const known = prints.get(mapping);
  if (known !== undefined) return known;
  const { title: _title, ...counted } = mapping;
  const print = createHash('sha256').update(JSON.stringify(counted)).digest('hex').slice(0, 16);
  prints.set(mapping, print);
  return print;
}
