import type { StoredItem, StoredNote } from '../stored-note.ts';
import { inventOfficer } from './invented-names.ts';
import { drawStamps, type NoteStamps, stampedNote } from './note-stamps.ts';
import { accessItems, type Release, releaseItems, releaseOf } from './release-items.ts';
import { codeOf, isFlawed } from './sample-codes.ts';
import type { SampleContext } from './sample-context.ts';
import type { SampleForm, SampleNote, SampleState } from './sample-report.ts';

/** One cell of the city, as the notes about it need it. */
export interface CityCell {
  readonly number: number;
  readonly code: string;
  readonly seed: number;
  readonly members: readonly { readonly number: number; readonly code: string }[];
  /** Regular meetings of the year, 0 to 12. */
  readonly meetings: number;
  readonly context: SampleContext;
}

export interface CityNote {
  readonly database: SampleNote['database'];
  readonly form: SampleForm;
  /** Begins its business keys. */
  readonly kind: string;
  /** 0, 1, … within the form: part of the key, and what decides its release. */
  readonly number: number;
  /** `recordCode` and the note's own times are known only here. */
  readonly items: (recordCode: string, stamps: NoteStamps, officer: string) => readonly StoredItem[];
  /** Replaces one item of a note that shall be broken; null = this form has none. */
  readonly flaw: StoredItem | null;
  /** The note above it; its children are not released unless it is. */
  readonly parent?: { readonly note: StoredNote; readonly released: boolean };
}

/** The note, with the human decision and the access that its number gives it. */
export function cityNote(plan: CityNote, { code, seed, context }: CityCell): SampleNote {
  const { bridge, random } = context;
  const stamps = drawStamps(context);
  const officer = inventOfficer(random);
  const release = releaseOf(plan.number + plan.kind.length);
  const flawed = plan.flaw !== null && isFlawed(plan.number, release);
  const items = [
    ...plan
      .items(codeOf(plan.kind, seed, plan.number), stamps, officer)
      .map((item) => (flawed && item.name === plan.flaw?.name ? plan.flaw : item)),
    ...releaseItems(release, stamps, officer, random),
    ...accessItems(code, officer, bridge, random),
  ];
  return {
    database: plan.database,
    form: plan.form,
    state: stateOf(release, flawed, plan.parent?.released ?? true),
    note: stampedNote(stamps, plan.form, items, officer, plan.parent?.note.unid ?? null),
  };
}

/** A note of a form that never crosses, marked as open and released all the same: people err, and the form counts. */
export function deniedNote(plan: Omit<CityNote, 'flaw' | 'parent'>, { seed, context }: CityCell): SampleNote {
  const stamps = drawStamps(context);
  const officer = inventOfficer(context.random);
  const items = [
    ...plan.items(codeOf(plan.kind, seed, plan.number), stamps, officer),
    ...releaseItems('released', stamps, officer, context.random),
  ];
  const note = stampedNote(stamps, plan.form, items, officer);
  return { database: plan.database, form: plan.form, state: 'denied', note };
}

function stateOf(release: Release, flawed: boolean, parentReleased: boolean): SampleState {
  if (release !== 'released') return release;
  if (!parentReleased) return 'childOfUnreleased';
  return flawed ? 'broken' : 'released';
}
