/** What this connector needs of a database: one statement with `$1…` parameters. timestamptz is read back as Date. */
export interface SqlPool {
  query<R>(text: string, values?: readonly unknown[]): Promise<SqlRows<R>>;
}

export interface SqlRows<R> {
  readonly rows: R[];
}

const PLAIN_NAME = /^[a-z][a-z_]{0,62}$/;

/** `"schema"."table"`; the schema comes from configuration and cannot be a parameter, so only plain lower-case names pass. */
export function tableName(schema: string, table: string): string {
  if (!PLAIN_NAME.test(schema)) {
    throw new Error(`'${schema}' is no schema name: use lower-case letters and underscores.`);
  }
  return `"${schema}"."${table}"`;
}
