/**
 * The part of a pool that the handbook needs. Whoever puts the program together passes a pool that reads int8 as a number, timestamptz as a Date and
 * bytea as a Buffer, and whose errors carry `code`, PostgreSQL's SQLSTATE.
 */
export interface HandbookSql extends HandbookTx {
  /** Read committed unless told otherwise; rolled back when `work` rejects. */
  transaction<T>(work: (tx: HandbookTx) => Promise<T>): Promise<T>;
}

export interface HandbookTx {
  query<R>(text: string, values?: readonly unknown[]): Promise<HandbookRows<R>>;
}

export interface HandbookRows<R> {
  readonly rows: R[];
  readonly rowCount: number;
}
