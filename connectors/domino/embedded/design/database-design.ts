import * as z from 'zod';
import {
  named,
  type QueryDesign,
  viewDesign,
  type ViewDesign,
  type ViewDesignInput,
  type ViewState,
} from '../dql/view-design.ts';
import { EngineError } from '../engine/engine-error.ts';

/** Where a database keeps what is no note. */
export interface DesignStore {
  readonly read: () => string | null;
  readonly write: (json: string) => void;
  readonly now: () => number;
}

const kept = z.strictObject({
  views: z.array(viewDesign),
  /** Folders that hold something: UNIDs by lower-case name. */
  folders: z.record(z.string(), z.array(z.string())),
  builtAt: z.record(z.string(), z.number()),
  catalog: z.array(viewDesign).nullable(),
  fullTextAt: z.number().nullable(),
});

type Kept = z.infer<typeof kept>;

const NOTHING: Kept = { views: [], folders: {}, builtAt: {}, catalog: null, fullTextAt: null };

/**
 * Views, folders, the design catalog and the full-text index of one file, as far as DQL needs them. None of it follows a change by itself: an
 * administrator catalogues (`updall -e`, `-d`), the update task builds views and updates the full-text index. Durable when a method returns.
 */
export class DatabaseDesign {
  readonly #store: DesignStore;
  #kept: Kept;

  constructor(store: DesignStore) {
    this.#store = store;
    const json = store.read();
    this.#kept = json === null ? NOTHING : kept.parse(JSON.parse(json));
  }

  /** A new view or folder, or a new design of one: its index is then to be built anew. Throws `rejected` for what is no design. */
  putView(design: ViewDesignInput): void {
    const parsed = viewDesign.safeParse(design);
    if (!parsed.success) {
      throw new EngineError('rejected', `cannot use the view: ${z.prettifyError(parsed.error)}`);
    }
    const view = parsed.data;
    const others = this.#kept.views.filter((one) => key(one.name) !== key(view.name));
    const { [key(view.name)]: _, ...builtAt } = this.#kept.builtAt;
    this.#save({ views: [...others, view], builtAt });
  }

  /** Throws `not-found`. The design catalog does not notice. */
  removeView(name: string): void {
    const view = this.#find(name);
    this.#save({ views: this.#kept.views.filter((one) => one !== view) });
  }

  /** Throws `not-found` when there is no such folder. */
  putInFolder(name: string, unids: readonly string[]): void {
    this.#setMembers(name, (before) => [...new Set([...before, ...unids.map((unid) => unid.toUpperCase())])]);
  }

  /** Throws `not-found` when there is no such folder. */
  removeFromFolder(name: string, unids: readonly string[]): void {
    const gone = new Set(unids.map((unid) => unid.toUpperCase()));
    this.#setMembers(name, (before) => before.filter((unid) => !gone.has(unid)));
  }

  /** As the update task does, or a person who opens each view: all indexes are built up to now. */
  buildViews(): void {
    const now = this.#store.now();
    this.#save({ builtAt: Object.fromEntries(this.#kept.views.map(({ name }) => [key(name), now])) });
  }

  /** `load updall DATABASE -e` or `-d`: the design catalog holds the views as they are now. */
  catalog(): void {
    this.#save({ catalog: this.#kept.views });
  }

  /** Makes the full-text index, or updates it: it then knows every note saved up to now. */
  updateFullText(): void {
    this.#save({ fullTextAt: this.#store.now() });
  }

  dropFullText(): void {
    this.#save({ fullTextAt: null });
  }

  /** What queries see. */
  forQueries(): QueryDesign {
    const { views, catalog, fullTextAt } = this.#kept;
    return { views, catalog, fullTextAt, stateOf: (name) => this.#stateOf(name) };
  }

  #stateOf(name: string): ViewState | null {
    const view = this.#kept.views.find((one) => named(one, name));
    if (view === undefined) return null;
    return {
      name: view.name,
      builtAt: this.#kept.builtAt[key(view.name)] ?? null,
      members: new Set(this.#kept.folders[key(view.name)] ?? []),
    };
  }

  #find(name: string): ViewDesign {
    const view = this.#kept.views.find((one) => named(one, name));
    if (view === undefined) throw new EngineError('not-found', `there is no view or folder "${name}"`);
    return view;
  }

  #setMembers(name: string, change: (before: readonly string[]) => string[]): void {
    const view = this.#find(name);
    if (view.kind !== 'folder') throw new EngineError('rejected', `"${name}" is a view, not a folder`);
    const before = this.#kept.folders[key(view.name)] ?? [];
    this.#save({ folders: { ...this.#kept.folders, [key(view.name)]: change(before) } });
  }

  #save(change: Partial<Kept>): void {
    const next = { ...this.#kept, ...change };
    this.#store.write(JSON.stringify(next));
    this.#kept = next;
  }
}

function key(name: string): string {
  return name.toLowerCase();
}
