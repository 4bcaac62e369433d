/**
 * Port: views, folders, the design catalog and the full-text index of a database of the embedded Domino, as far as DQL needs them, and queries as an administrator
 * would try them. Nothing follows a change by itself. Everything is durable when it returns. What cannot be done is a `DominoToolError`.
 */
export interface DominoDesign {
  show(database: string): DesignState;
  /** A new view or folder, or a new design of one: its index is to be built anew. */
  putView(database: string, view: NewView): DesignState;
  /** The design catalog does not notice. */
  removeView(database: string, name: string): DesignState;
  /** All indexes are built up to now. */
  buildViews(database: string): DesignState;
  changeFolder(database: string, folder: string, unids: readonly string[], how: 'put' | 'take'): DesignState;
  /** The design catalog holds the views as they are now. */
  catalog(database: string): DesignState;
  /** Makes the full-text index or brings it up to now; `drop` takes it away. */
  fullText(database: string, drop: boolean): DesignState;
  query(request: QueryRequest): QueryAnswer;
}

export interface NewView {
  readonly name: string;
  readonly aliases: string[];
  readonly kind: 'view' | 'folder';
  /** `all`, or for each named item the values of which it must have one. */
  readonly selection: 'all' | Record<string, string[]>;
  readonly columns: ViewColumnInput[];
}

export interface ViewColumnInput {
  /** Programmatic name. */
  readonly name: string;
  readonly item: string;
  readonly sorted: 'ascending' | 'descending' | 'none';
  readonly clickSort: boolean;
  readonly categorized: boolean;
  readonly separateValues: boolean;
}

/** Instants are `YYYY-MM-DDTHH:MM:SS.ccZ`. */
export interface DesignState {
  readonly database: string;
  /** False: the database was never catalogued. */
  readonly catalogued: boolean;
  /** Up to which notes are in the full-text index; null = there is none. */
  readonly fullTextUpTo: string | null;
  readonly views: readonly ViewRow[];
}

export interface ViewRow {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: 'view' | 'folder';
  /** `all`, or `Form = A, B` for each item. */
  readonly selection: string;
  /** `NAME=ITEM` and what is said of it: `ascending`, `click`, `categorized`, … */
  readonly columns: readonly string[];
  /** Null = never built; queries on it fail. */
  readonly builtUpTo: string | null;
  /** What the design catalog knows of it. */
  readonly catalog: 'current' | 'outdated' | 'absent';
  /** Documents in a folder; null for a view. */
  readonly documents: number | null;
}

export interface QueryRequest {
  readonly database: string;
  readonly query: string;
  /** It is explained instead of listed; Readers do not count then. */
  readonly explain: boolean;
  /** Whose eyes; null = nothing is hidden. */
  readonly as: string | null;
  readonly limit: number;
}

export interface QueryAnswer {
  readonly database: string;
  /** All matches; null where it was explained. */
  readonly found: number | null;
  /** Documents that Domino would have scanned. */
  readonly scanned: number | null;
  /** In no order. */
  readonly notes: readonly { readonly unid: string; readonly modified: string }[];
  readonly explanation: string | null;
}
