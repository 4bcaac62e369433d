import { DominoError } from '../../connectors/domino/port.ts';
import { departuresOf, unmappedOf } from '../sync/drift.ts';
import { MARKER_FORM } from '../sync/instance-marker.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { NoteRead } from '../sync/note.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** Counts where released notes, read for their content, depart from the mapping. */
export async function noteDrift(run: PassRun, mapping: Mapping, notes: readonly NoteRead[]): Promise<void> {
  const { database } = run.link;
  for (const note of notes) {
    run.drift.add(mapping.version, departuresOf(mapping, note.items));
    if (!database.capabilities.listItems || !run.drift.mayList(mapping.form)) continue;
    const names = (await database.listItems?.(note.unid, { signal: run.signal })) ?? [];
    run.drift.add(mapping.version, unmappedOf(mapping, names));
  }
}

/** Forms that no mapping of the link is for, as far as one call shows them. What a server refuses here is no reason to stop. */
export async function noteOtherForms(deps: PassDeps, run: PassRun): Promise<void> {
  const { database, mappings } = run.link;
  if (database.otherForms === undefined) return;
  try {
    await run.fence();
    const known = [...mappings.map(({ form }) => form), MARKER_FORM];
    for (const { form, notes } of await database.otherForms(known, { signal: run.signal }))
      run.drift.add('', [{ form, item: '', kind: 'form', expected: 'a mapping', seen: 'none' }], notes);
  } catch (error) {
    if (!(error instanceof DominoError) || error.code === 'unreachable') throw error;
    deps.log.info({ link: run.link.id, code: error.code }, 'other forms could not be looked for');
  }
}
