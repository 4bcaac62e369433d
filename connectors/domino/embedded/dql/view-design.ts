import * as z from 'zod';
import type { StoredNote } from '../stored-note.ts';
import { foldText } from './fold-text.ts';

const column = z.strictObject({
  /** Programmatic name; names are compared without regard to case. */
  name: z.string().min(1),
  /** The item it shows; other formulas are not modelled. */
  item: z.string().min(1),
  /** Sort order of the column itself. */
  sorted: z.enum(['ascending', 'descending', 'none']).default('none'),
  /** "Click on column header to sort: ascending". */
  clickSort: z.boolean().default(false),
  categorized: z.boolean().default(false),
  /** "Show multiple values as separate entries". */
  separateValues: z.boolean().default(false),
});

export const viewDesign = z.strictObject({
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  kind: z.enum(['view', 'folder']).default('view'),
  /** `all` = SELECT @All; else notes whose every named item equals one of its values. Folders hold what was put into them. */
  selection: z.union([z.literal('all'), z.record(z.string(), z.array(z.string()).min(1))]).default('all'),
  columns: z.array(column).default([]),
});

export type ViewDesign = z.infer<typeof viewDesign>;
export type ViewColumn = z.infer<typeof column>;
export type ViewDesignInput = z.input<typeof viewDesign>;

/** What a database knows of a view beside its design. */
export interface ViewState {
  readonly name: string;
  /** Server time up to which notes are in the index; null = it was never built. */
  readonly builtAt: number | null;
  /** UNIDs in a folder; empty for a view. */
  readonly members: ReadonlySet<string>;
}

/** What a query needs to know of the database it runs on. */
export interface QueryDesign {
  /** The views as the design catalog has them; null = the database was never catalogued. */
  readonly catalog: readonly ViewDesign[] | null;
  /** The views that there are. */
  readonly views: readonly ViewDesign[];
  readonly stateOf: (name: string) => ViewState | null;
  /** Server time up to which notes are in the full-text index; null = there is none. */
  readonly fullTextAt: number | null;
}

export const NO_DESIGN: QueryDesign = { catalog: null, views: [], stateOf: () => null, fullTextAt: null };

export function named(view: ViewDesign, name: string): boolean {
  const wanted = name.toLowerCase();
  return [view.name, ...view.aliases].some((one) => one.toLowerCase() === wanted);
}

/** Whether the selection formula, or being put into the folder, takes the note in. */
export function selects(view: ViewDesign, { members }: ViewState, note: StoredNote): boolean {
  if (view.kind === 'folder') return members.has(note.unid);
  if (view.selection === 'all') return true;
  return Object.entries(view.selection).every(([name, wanted]) =>
    note.items.some(
      (item) =>
        item.name.toLowerCase() === name.toLowerCase() &&
        item.value.type === 'text' &&
        item.value.values.some((value) => wanted.some((one) => foldText(one) === foldText(value))),
    ),
  );
}

/** Sorted as DQL needs it: the leftmost column ascending, or any that a click sorts ascending; not categorized. */
export function isCollated(view: ViewDesign, column: ViewColumn): boolean {
  const leftmost = view.columns[0] === column && column.sorted === 'ascending';
  return (leftmost || column.clickSort) && !column.categorized;
}
