import { DqlError } from './dql-error.ts';
import type { DqlSwitches } from './switches.ts';
import {
  isCollated,
  named,
  type QueryDesign,
  type ViewColumn,
  type ViewDesign,
  type ViewState,
} from './view-design.ts';

/** A view that a term reads, ready to use. */
export interface BoundView {
  readonly view: ViewDesign;
  readonly state: ViewState;
  /** Notes saved later are not in its index. */
  readonly upTo: number;
}

/**
 * The view of `'view'.column`. Throws `design` as a server says it: not catalogued or misspelled are one message, a wrong column another, and an index that
 * was never built is not built by a query.
 */
export function resolveColumn(
  design: QueryDesign,
  switches: DqlSwitches,
  wanted: { readonly view: string; readonly column: string },
): BoundView & { readonly column: ViewColumn } {
  const where = `Error validating view column name - ['${wanted.view}'.${wanted.column}]`;
  const view = design.catalog?.find((one) => named(one, wanted.view));
  if (view === undefined) {
    throw new DqlError(
      'design',
      `Entry not found in index: ${where} .. invalid view name or database needs to be cataloged via updall -e`,
    );
  }
  const column = view.columns.find(({ name }) => name.toLowerCase() === wanted.column.toLowerCase());
  if (column === undefined || !isCollated(view, column)) {
    throw new DqlError(
      'design',
      `Entry not found in index: ${where} .. incorrect column name or no valid sorted column (bad position, collation or categorized)`,
    );
  }
  if (view.selection !== 'all' && switches.viewSelection === 'refused') {
    throw new DqlError('design', `${where} .. the view does not use Select @All as its selection`);
  }
  return { ...built(design, switches, view), column };
}

/** A view or folder of `in ('name')`. Throws `design`. */
export function resolveMember(design: QueryDesign, switches: DqlSwitches, name: string): BoundView {
  const known = switches.inNeedsCatalog === 'yes' ? design.catalog : design.views;
  const view = known?.find((one) => named(one, name));
  if (view === undefined) {
    throw new DqlError(
      'design',
      `Error opening view name or named document set - [${name}] does not exist or open failed`,
    );
  }
  return built(design, switches, view);
}

/**
 * A view whose index can answer a term on the item itself: Select @All, a collated column of nothing but that item, not categorized, each value an entry of
 * its own. Null = the documents are scanned.
 */
export function viewFor(design: QueryDesign, switches: DqlSwitches, item: string): BoundView | null {
  for (const view of design.catalog ?? []) {
    const fits = view.columns.some(
      (column) =>
        column.item.toLowerCase() === item.toLowerCase() && column.separateValues && isCollated(view, column),
    );
    const builtAt = design.stateOf(view.name)?.builtAt ?? null;
    if (fits && view.kind === 'view' && view.selection === 'all' && builtAt !== null) {
      return built(design, switches, view);
    }
  }
  return null;
}

function built(design: QueryDesign, switches: DqlSwitches, view: ViewDesign): BoundView {
  const state = design.stateOf(view.name);
  if (state === null) {
    throw new DqlError(
      'design',
      `Error opening view name or named document set - [${view.name}] does not exist or open failed`,
    );
  }
  if (state.builtAt === null) {
    throw new DqlError('design', `View never built [${view.name}] - query term will fail, aborting`);
  }
  // A folder is what was put into it; nothing has to be indexed for that.
  const fresh = switches.viewIndex === 'fresh' || view.kind === 'folder';
  return { view, state, upTo: fresh ? Number.POSITIVE_INFINITY : state.builtAt };
}
